package io.nearfar.entry;

import static io.nearfar.entry.Lifetime.ETERNAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.testing.TextFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Opens the store under test, and says what the tests say often. */
public abstract class EntryStoreFixture {
    static final int THREADS = 8;

    final TextFormat format = new TextFormat();
    EntryStore<String, String> store;

    /** Opens a store; all that are open under one name in one test share their entries, where stores can. */
    protected abstract EntryStore<String, String> open(String name);

    /** Lets time pass for the clock that decides expirations. */
    protected abstract void pass(long millis);

    /** What a step came to, and the lifetime in milliseconds that it left room for. */
    record Outlasted<T>(T result, long millis) {
        long over() {
            return 2 * millis;
        }
    }

    /** Takes a step that a lifetime has to outlast; if this machine was too slow for that, again with a longer one. */
    static <T> Outlasted<T> outlasted(LongFunction<T> step) {
        for (long millis = 40; ; millis *= 4) {
            long start = System.nanoTime();
            T result = step.apply(millis);
            if (System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(millis) / 2) {
                return new Outlasted<>(result, millis);
            }
        }
    }

    /** Tells whether a destroyed store can be opened again and stores of one name share entries. */
    protected abstract boolean isShared();

    @BeforeEach
    void openStore() {
        store = open("contract");
    }

    @AfterEach
    void closeStore() {
        store.destroy();
        store.close();
        store.close();
    }

    Value<String> value(String text) {
        return format.keep(text);
    }

    Change<String> write(String text, Condition condition) {
        return Change.write(value(text), condition, Lifetime.of(ETERNAL), false);
    }

    Entry<String> put(String key, String text) {
        return store.apply(key, write(text, Condition.ALWAYS)).now();
    }

    Entry<String> putFor(String key, String text, long millis) {
        return store.apply(key, Change.write(value(text), Condition.ALWAYS, Lifetime.of(millis), false))
                .now();
    }

    String read(String key) {
        Entry<String> entry = store.read(key, Freshness.AUTHORITY);
        return entry == null ? null : entry.value().get();
    }

    List<String> scanned() {
        List<String> found = new ArrayList<>();
        store.scan().forEachRemaining(keyed -> found.add(keyed.key() + "=" + text(keyed.entry())));
        return found;
    }

    static String text(Entry<String> entry) {
        return entry == null ? null : entry.value().get();
    }

    Version granted(String key, long millis) {
        Lease<String> lease = store.lease(key, millis);
        assertThat(lease).isInstanceOf(Lease.Granted.class);
        return ((Lease.Granted<String>) lease).version();
    }

    // What a key can hold before a change

    Version prepare(String state) {
        switch (state) {
            case "entry" -> {
                return put("k", "old").version();
            }
            case "placeholder" -> {
                return granted("k", 60_000);
            }
            case "expired" -> {
                Version version = putFor("k", "old", 5).version();
                pass(20);
                return version;
            }
            case "removed" -> {
                Version version = put("k", "old").version();
                store.apply("k", Change.removal(Condition.ALWAYS, false));
                return version;
            }
            case "cleared" -> {
                Version version = put("k", "old").version();
                store.clear();
                return version;
            }
            case "nothing" -> {
                return new Version(1, 1);
            }
            default -> throw new IllegalArgumentException(state);
        }
    }

    static Condition condition(String name, Version there) {
        return switch (name) {
            case "always" -> Condition.ALWAYS;
            case "witnessed" -> Condition.WITNESSED;
            case "absent" -> Condition.ABSENT;
            case "present" -> Condition.PRESENT;
            case "is" -> Condition.is(there);
            case "is-other" -> Condition.is(new Version(there.stamp(), there.nonce() + 1));
            default -> throw new IllegalArgumentException(name);
        };
    }
}
