package io.nearfar.near;

import io.nearfar.entry.ServerClock;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/**
 * What the near tiers of a manager's caches share.
 *
 * @param leases the right to serve from near, for each partition
 * @param clock server time
 * @param nanoTime this process's clock, as {@link System#nanoTime}
 * @param regressed is told of a partition in which an own write came before what had been seen: the far tier went back
 */
public record NearCommons(List<NearLease> leases, ServerClock clock, LongSupplier nanoTime, IntConsumer regressed) {}
