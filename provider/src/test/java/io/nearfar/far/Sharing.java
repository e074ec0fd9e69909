package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Entry;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.Lifetime;
import io.nearfar.invalidation.Invalidation;
import io.nearfar.invalidation.InvalidationSink;
import io.nearfar.key.Keyspace;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.TextFormat;
import io.nearfar.testing.TextKeys;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Two nodes on the same servers: what one writes and clears the other reads and hears of, in all partitions. */
final class Sharing {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final TextFormat FORMAT = new TextFormat();

    private Sharing() {}

    static EntryStore<String, String> store(FarTier tier) {
        return tier.store(FarSetups.cache("c"), new TextKeys(), FORMAT);
    }

    static Change<String> write(String text) {
        return Change.write(FORMAT.keep(text), Condition.ALWAYS, Lifetime.of(Lifetime.ETERNAL), false);
    }

    static void assertShared(FarTier writing, FarTier reading) {
        Heard heard = new Heard(ConcurrentHashMap.newKeySet(), ConcurrentHashMap.newKeySet());
        reading.subscribe(heard);
        EntryStore<String, String> store = store(writing);
        Map<String, Change<String>> many = new HashMap<>();
        for (int i = 0; i < 300; i++) {
            many.put("k" + i, write("v" + i));
        }
        store.applyAll(many);
        store.apply("single", write("v"));
        Map<String, Entry<String>> found = store(reading).readAll(many.keySet(), Freshness.AUTHORITY);
        assertThat(found).hasSize(300);
        found.forEach((key, entry) -> assertThat(entry.value().get()).isEqualTo("v" + key.substring(1)));
        await().atMost(SOON).until(() -> heard.keys().size() == 301);

        Set<String> scanned = new HashSet<>();
        store(reading).scan().forEachRemaining(keyed -> scanned.add(keyed.key()));
        assertThat(scanned).hasSize(301);
        heard.clears().clear();
        store.clear();
        await().atMost(SOON).until(() -> heard.clears().size() == Keyspace.PARTITIONS);
        assertThat(store(reading).scan().hasNext()).isFalse();
        assertThat(writing.breakerOpenings()).isZero();
    }

    private record Heard(Set<String> keys, Set<Integer> clears) implements InvalidationSink {
        @Override
        public void received(Invalidation message) {
            keys.addAll(message.names());
            if (message.kind() == Invalidation.Kind.CLEAR) {
                clears.add(message.partition());
            }
        }

        @Override
        public void resubscribed(int partition) {}

        @Override
        public void unreadable(int partition) {}
    }
}
