package io.nearfar.entry;

import static io.nearfar.entry.Lifetime.ETERNAL;
import static io.nearfar.entry.Lifetime.NONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link EntryStore} promises. A test of a store extends this class and opens its stores; values are those of
 * {@link TextFormat}, keys are strings of any kind.
 */
public abstract class EntryStoreContract extends EntryChangesContract {
    // Loads

    @Test
    void lease_ofAnEntry_findsIt() {
        put("k", "v");
        Lease<String> lease = store.lease("k", 60_000);
        assertThat(lease)
                .isInstanceOfSatisfying(
                        Lease.Found.class,
                        found -> assertThat(found.entry()).isEqualTo(store.read("k", Freshness.AUTHORITY)));
    }

    @Test
    void lease_isGrantedToOne() {
        Version holder = granted("k", 60_000);
        assertThat(store.lease("k", 60_000)).isInstanceOfSatisfying(Lease.Held.class, held -> {
            assertThat(held.holder()).isEqualTo(holder);
            assertThat(held.millis()).isBetween(1L, 60_001L); // rounded up
        });
    }

    @Test
    void lease_isNoEntry() {
        granted("k", 60_000);
        assertThat(read("k")).isNull();
        assertThat(store.lookup("k")).isNull();
        assertThat(store.readAll(List.of("k"), Freshness.AUTHORITY)).isEmpty();
        assertThat(store.lookupAll(List.of("k"))).isEmpty();
        assertThat(scanned()).isEmpty();
    }

    @Test
    void lease_endsByItself() {
        Version dead = granted("k", 30);
        pass(60);
        Version holder = granted("k", 60_000);
        assertThat(store.apply("k", write("late", Condition.is(dead))).applied())
                .isFalse();
        assertThat(store.apply("k", write("v", Condition.is(holder))).applied()).isTrue();
    }

    @Test
    void renew_prolongs() {
        Outlasted<Version> renewed = outlasted(millis -> {
            store.apply("k", Change.removal(Condition.ALWAYS, false));
            Version granted = granted("k", millis);
            return store.renew("k", granted, 60_000) ? granted : null;
        });
        Version holder = renewed.result();
        assertThat(holder).isNotNull();
        pass(renewed.over());
        assertThat(store.lease("k", 60_000)).isInstanceOf(Lease.Held.class);
        assertThat(store.apply("k", write("v", Condition.is(holder))).applied()).isTrue();
        assertThat(read("k")).isEqualTo("v");
    }

    @Test
    void release_letsTheNextLoad() {
        Version holder = granted("k", 60_000);
        store.release("k", holder);
        assertThat(store.renew("k", holder, 60_000)).isFalse();
        Version next = granted("k", 60_000);
        store.release("k", holder);
        assertThat(store.lease("k", 60_000)).isInstanceOf(Lease.Held.class);
        store.release("k", next);
    }

    /** Whatever declares the key out of date while it is loaded voids the load. */
    @ParameterizedTest
    @ValueSource(strings = {"write", "write-absent", "remove", "remove-all", "write-none", "clear", "release"})
    void lease_isVoidedByAnyChange(String change) {
        Version holder = granted("k", 60_000);
        switch (change) {
            case "write" -> put("k", "other");
            case "write-absent" -> store.apply("k", write("other", Condition.ABSENT));
            case "remove" -> store.apply("k", Change.removal(Condition.ALWAYS, false));
            case "remove-all" -> store.applyAll(Map.of("k", Change.removal(Condition.ALWAYS, false)));
            case "write-none" -> putFor("k", "other", NONE);
            case "clear" -> store.clear();
            case "release" -> store.release("k", holder);
            default -> throw new IllegalArgumentException(change);
        }
        assertThat(store.renew("k", holder, 60_000)).isFalse();
        assertThat(store.apply("k", write("stale", Condition.is(holder))).applied())
                .isFalse();
        assertThat(read("k")).isEqualTo(change.startsWith("write") && !change.equals("write-none") ? "other" : null);
    }

    // Many keys

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 1_500})
    void applyAll_writesAndRemovesEach(int count) {
        Map<String, Change<String>> writes = new HashMap<>();
        for (int i = 0; i < count; i++) {
            writes.put("k" + i, write("v" + i, Condition.ALWAYS));
        }
        Map<String, Reply<String>> written = store.applyAll(writes);
        assertThat(written.keySet()).isEqualTo(writes.keySet());
        Map<String, Entry<String>> found = store.readAll(writes.keySet(), Freshness.AUTHORITY);
        assertThat(found.keySet()).isEqualTo(writes.keySet());
        written.forEach((key, reply) -> {
            assertThat(reply.applied()).isTrue();
            assertThat(reply.existed()).isFalse();
            assertThat(reply.now()).isEqualTo(found.get(key));
            assertThat(text(reply.now())).isEqualTo("v" + key.substring(1));
        });

        Map<String, Change<String>> removals = new HashMap<>();
        writes.keySet().forEach(key -> removals.put(key, Change.removal(Condition.ALWAYS, true)));
        store.applyAll(removals)
                .forEach((key, reply) -> assertThat(text(reply.met())).isEqualTo("v" + key.substring(1)));
        assertThat(store.readAll(writes.keySet(), Freshness.AUTHORITY)).isEmpty();
    }

    @Test
    void applyAll_decidesEachByItsCondition() {
        Version there = put("entry", "old").version();
        put("removed", "old");
        put("touched", "old");
        Version loading = granted("loading", 60_000);
        Map<String, Change<String>> changes = new HashMap<>();
        changes.put("entry", write("new", Condition.is(there)));
        changes.put("new", write("new", Condition.ABSENT));
        changes.put("missing", write("new", Condition.PRESENT));
        changes.put("touched", Change.write(value("new"), Condition.ABSENT, Lifetime.of(ETERNAL), true));
        changes.put("removed", Change.removal(Condition.PRESENT, true));
        changes.put("none", Change.removal(Condition.PRESENT, false));
        changes.put("loading", write("loaded", Condition.is(loading)));
        Map<String, Reply<String>> replies = store.applyAll(changes);
        assertThat(replies.entrySet().stream()
                        .filter(reply -> reply.getValue().applied())
                        .map(Map.Entry::getKey))
                .containsExactlyInAnyOrder("entry", "new", "removed", "loading");
        assertThat(replies.entrySet().stream()
                        .filter(reply -> reply.getValue().existed())
                        .map(Map.Entry::getKey))
                .containsExactlyInAnyOrder("entry", "touched", "removed");
        assertThat(text(replies.get("touched").met())).isEqualTo("old");
        assertThat(text(replies.get("removed").met())).isEqualTo("old");
        assertThat(scanned()).containsExactlyInAnyOrder("entry=new", "new=new", "touched=old", "loading=loaded");
    }

    @Test
    void readAll_leavesMissingKeysOut() {
        put("a", "1");
        put("b", "2");
        Collection<String> wanted = List.of("b", "missing", "a", "b");
        assertThat(store.readAll(wanted, Freshness.AUTHORITY).keySet()).containsExactlyInAnyOrder("a", "b");
        assertThat(store.lookupAll(wanted).keySet()).containsExactlyInAnyOrder("a", "b");
        assertThat(store.readAll(List.of(), Freshness.NEAR)).isEmpty();
    }

    // The whole cache

    @Test
    void clear_removesAllThatWasThere() {
        for (int i = 0; i < 200; i++) {
            put("k" + i, "v");
        }
        store.clear();
        assertThat(scanned()).isEmpty();
        assertThat(read("k7")).isNull();
        put("k7", "new");
        store.apply("k8", write("new", Condition.ABSENT));
        assertThat(scanned()).containsExactlyInAnyOrder("k7=new", "k8=new");
        store.clear();
        store.clear();
        assertThat(scanned()).isEmpty();
    }

    @Test
    void scan_meetsEachEntryOnce() {
        Set<String> expected = new HashSet<>();
        Map<String, Change<String>> changes = new HashMap<>();
        for (int i = 0; i < 3_000; i++) {
            changes.put("k" + i, write("v" + i, Condition.ALWAYS));
            expected.add("k" + i + "=v" + i);
        }
        store.applyAll(changes);
        assertThat(scanned()).doesNotHaveDuplicates().hasSize(3_000).containsAll(expected);
    }

    /** Entries that stay are met once although the store grows and shrinks around them. */
    @Test
    void scan_amongChanges_meetsWhatStaysOnce() {
        Set<String> staying = IntStream.range(0, 500).mapToObj(i -> "stay" + i).collect(Collectors.toSet());
        staying.forEach(key -> put(key, "v"));
        List<String> met = new ArrayList<>();
        int round = 0;
        for (Iterator<Keyed<String, String>> scan = store.scan(); scan.hasNext(); round++) {
            met.add(scan.next().key());
            if (round % 50 == 0) {
                Map<String, Change<String>> others = new HashMap<>();
                for (int i = 0; i < 300; i++) {
                    others.put("come" + round + "-" + i, write("v", Condition.ALWAYS));
                    others.put("come" + (round - 50) + "-" + i, Change.removal(Condition.ALWAYS, false));
                }
                store.applyAll(others);
            }
        }
        assertThat(met).doesNotHaveDuplicates().containsAll(staying);
    }

    @Test
    void scan_isReadOnlyAndEnds() {
        put("k", "v");
        Iterator<Keyed<String, String>> scan = store.scan();
        scan.next();
        assertThatThrownBy(scan::remove).isInstanceOf(UnsupportedOperationException.class);
        assertThat(scan.hasNext()).isFalse();
        assertThatThrownBy(scan::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void stores_ofDifferentNames_shareNothing() {
        try (EntryStore<String, String> other = open("contract:2")) {
            put("k", "mine");
            other.apply("k", write("theirs", Condition.ABSENT));
            store.clear();
            assertThat(text(other.read("k", Freshness.AUTHORITY))).isEqualTo("theirs");
            assertThat(read("k")).isNull();
            other.destroy();
        }
    }

    @Test
    void destroy_leavesNothingToRevive() {
        for (int i = 0; i < 100; i++) {
            put("k" + i, "v");
        }
        store.destroy();
        if (isShared()) {
            store = open("contract");
            assertThat(scanned()).isEmpty();
            for (int i = 0; i < 100; i++) {
                assertThat(store.apply("k" + i, write("new", Condition.PRESENT)).applied())
                        .isFalse();
            }
            put("k1", "new");
            assertThat(scanned()).containsExactly("k1=new");
        }
    }

    @Test
    void close_leavesSharedEntries() {
        put("k", "v");
        store.close();
        store = open("contract");
        assertThat(read("k")).isEqualTo(isShared() ? "v" : null);
    }

    // Several threads

    private <T> List<T> inThreads(Callable<T> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<T>> same = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                same.add(work);
            }
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(same)) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void write_ifAbsent_byManyThreads_hasOneWinner() throws Exception {
        for (int round = 0; round < 20; round++) {
            String key = "k" + round;
            List<Reply<String>> replies = inThreads(() -> store.apply(key, write("v", Condition.ABSENT)));
            assertThat(replies.stream().filter(Reply::applied)).hasSize(1);
        }
    }

    @Test
    void write_ifVersion_byManyThreads_losesNoUpdate() throws Exception {
        int each = 50;
        put("k", "0");
        inThreads(() -> {
            for (int i = 0; i < each; i++) {
                increment();
            }
            return null;
        });
        assertThat(read("k")).isEqualTo(String.valueOf(THREADS * each));
    }

    private void increment() {
        Entry<String> seen = store.read("k", Freshness.AUTHORITY);
        while (true) {
            String next = String.valueOf(Integer.parseInt(text(seen)) + 1);
            Reply<String> reply = store.apply("k", write(next, Condition.is(seen.version())));
            if (reply.applied()) {
                return;
            }
            seen = reply.met();
        }
    }

    @Test
    void write_thatBringsTheOld_byManyThreads_handsEachOutOnce() throws Exception {
        Set<String> handedOut = ConcurrentHashMap.newKeySet();
        inThreads(() -> {
            for (int i = 0; i < 50; i++) {
                String text = Thread.currentThread().getId() + "-" + i;
                Change<String> change = Change.write(value(text), Condition.WITNESSED, Lifetime.of(ETERNAL), true);
                Entry<String> met = store.apply("k", change).met();
                assertThat(met == null || handedOut.add(text(met))).isTrue();
            }
            return null;
        });
        assertThat(handedOut).hasSize(THREADS * 50 - 1);
    }

    @Test
    void lease_byManyThreads_isGrantedToOne() throws Exception {
        for (int round = 0; round < 20; round++) {
            String key = "k" + round;
            List<Lease<String>> leases = inThreads(() -> store.lease(key, 60_000));
            assertThat(leases.stream().filter(Lease.Granted.class::isInstance)).hasSize(1);
            assertThat(leases.stream().filter(Lease.Held.class::isInstance)).hasSize(THREADS - 1);
        }
    }
}
