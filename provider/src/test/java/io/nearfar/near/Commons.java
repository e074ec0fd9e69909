package io.nearfar.near;

import io.nearfar.entry.ServerClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/** What a near tier shares with others, with a clock that stands still; its leases hold from the start. */
final class Commons {
    static final Duration LEASE = Duration.ofSeconds(1);

    final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L); // nanoTime may wrap
    final AtomicReference<Runnable> duringNextLook = new AtomicReference<>(() -> {});
    final List<Integer> regressed = new ArrayList<>();
    final List<NearLease> leases;
    private final NearCommons value;

    Commons(int partitions, ServerClock clock) {
        leases = IntStream.range(0, partitions)
                .mapToObj(partition -> new NearLease(LEASE, nanos.get()))
                .toList();
        leases.forEach(lease -> lease.verified(nanos.get()));
        value = new NearCommons(leases, clock, this::look, regressed::add);
    }

    /** Looks at the clock; what is to happen meanwhile happens before the time is returned. */
    private long look() {
        duringNextLook.getAndSet(() -> {}).run();
        return nanos.get();
    }

    NearCommons value() {
        return value;
    }
}
