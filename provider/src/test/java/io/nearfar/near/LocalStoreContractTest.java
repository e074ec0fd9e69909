package io.nearfar.near;

import io.nearfar.entry.EntryStore;
import io.nearfar.entry.EntryStoreContract;
import io.nearfar.observe.CacheSignals;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.TextKeys;
import java.util.concurrent.atomic.AtomicLong;

/** The contract in the process; time is handed in. */
class LocalStoreContractTest extends EntryStoreContract {
    private final AtomicLong micros = new AtomicLong(1_763_700_000_000_000L);

    @Override
    protected EntryStore<String, String> open(String name) {
        return new LocalStore<>(
                FarSetups.cache(name), key -> key, TextKeys::matching, nanos -> micros.get(), new CacheSignals(name));
    }

    @Override
    protected void pass(long millis) {
        micros.addAndGet(millis * 1_000);
    }

    @Override
    protected boolean isShared() {
        return false;
    }
}
