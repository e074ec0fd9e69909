package io.nearfar.tier;

import io.nearfar.entry.EntryStore;
import java.util.function.BooleanSupplier;

/**
 * A cache that is not open in this process, as the far tier has it.
 *
 * @param entries its entries; in an outage the methods throw, and nothing is remembered
 * @param exists tells whether there can be any live entry, on any node; in an outage it throws
 */
public record UnopenedCache(EntryStore<?, ?> entries, BooleanSupplier exists) {}
