package io.nearfar.nodes.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.EntryOptions;
import io.nearfar.NearfarCache;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Listeners of JVMs that share nothing but a Redis: what one does all hear, and what has expired once each. */
@ExtendWith(OnSeveralJvms.class)
@Timeout(180)
class ListenersOnSeveralJvmsTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String PROBE = "probe";
    private static final int ENTRIES = 50;

    /** A test that is run again hears nothing of what it has done before. */
    private static String fresh(String cache) {
        return cache + System.nanoTime();
    }

    /** Waits until each of them knows that the others listen. */
    private static void listen(SeveralJvms jvms, String cache) {
        jvms.three().forEach(worker -> worker.tell(place -> place.ear(cache)));
        for (Worker writer : jvms.three()) {
            fence(jvms, writer, cache);
        }
    }

    /** What the writer has done before, and told others of, is heard by all. */
    private static void fence(SeveralJvms jvms, Worker writer, String cache) {
        String fence = "fence" + System.nanoTime();
        await().atMost(SOON).until(() -> {
            writer.tell(place -> place.cache(cache).put(PROBE, fence));
            return jvms.everywhere(place -> place.ear(cache).heard().stream().anyMatch(told -> told.endsWith(fence)));
        });
    }

    /** Returns what a JVM has heard, but for what the test itself has waited for, in the order of the alphabet. */
    private static List<String> heard(Worker worker, String cache, String type) {
        return worker.ask(place -> new ArrayList<>(place.ear(cache).heard().stream()
                .filter(told -> told.startsWith(type) && !told.contains(PROBE))
                .sorted()
                .toList()));
    }

    private static Set<String> keys() {
        return new TreeSet<>(
                IntStream.range(10, 10 + ENTRIES).mapToObj(i -> "k" + i).toList());
    }

    @Test
    void changes_areHeardInEachJvm_once(SeveralJvms jvms) {
        String name = fresh("heard");
        listen(jvms, name);
        int number = 0;
        for (Worker writer : jvms.three()) {
            String key = "k" + number++;
            writer.tell(place -> {
                NearfarCache<String, String> cache = place.cache(name);
                cache.put(key, "1");
                cache.put(key, "2");
                cache.remove(key);
            });
            fence(jvms, writer, name);
        }
        for (Worker worker : jvms.three()) {
            assertThat(heard(worker, name, ""))
                    .containsExactly(
                            "CREATED k0 null 1",
                            "CREATED k1 null 1",
                            "CREATED k2 null 1",
                            "REMOVED k0 2 2",
                            "REMOVED k1 2 2",
                            "REMOVED k2 2 2",
                            "UPDATED k0 1 2",
                            "UPDATED k1 1 2",
                            "UPDATED k2 1 2");
        }
    }

    /** All three read all entries at once, until none is left: by single reads, by one for all, and by loads. */
    @Test
    void entriesThatAreReadAfterTheirEnd_areToldInEachJvm_once(SeveralJvms jvms) {
        String name = fresh("ending");
        listen(jvms, name);
        Set<String> keys = keys();
        jvms.first().tell(place -> {
            NearfarCache<String, String> cache = place.cache(name);
            for (String key : keys()) {
                cache.put(key, "v", EntryOptions.NONE.withTimeToLive(Duration.ofMillis(500)));
            }
        });
        List<CompletableFuture<?>> reads = new ArrayList<>();
        reads.add(jvms.first().begin(place -> readUntilGone(place.cache(name), true)));
        reads.add(jvms.second().begin(place -> readUntilGone(place.cache(name), false)));
        reads.add(jvms.third().begin(place -> readUntilGone(place.cache(name), true)));
        reads.forEach(CompletableFuture::join);
        jvms.three().forEach(writer -> fence(jvms, writer, name));
        List<String> once = keys.stream().map(key -> "EXPIRED " + key + " v v").toList();
        for (Worker worker : jvms.three()) {
            assertThat(heard(worker, name, "EXPIRED")).isEqualTo(once);
        }
    }

    private static Integer readUntilGone(NearfarCache<String, String> cache, boolean oneByOne) {
        int reads = 0;
        Set<String> left = keys();
        while (!left.isEmpty()) {
            if (oneByOne) {
                left.removeIf(key -> cache.get(key) == null);
            } else {
                left.retainAll(cache.getAll(left).keySet());
            }
            reads++;
        }
        return reads;
    }

    /** Who meets an entry after its end may be somebody who loads it anew. */
    @Test
    void entriesThatAreLoadedAfterTheirEnd_areToldInEachJvm_once(SeveralJvms jvms) {
        String name = fresh("renewed");
        listen(jvms, name);
        Set<String> keys = keys();
        jvms.second().tell(place -> {
            NearfarCache<String, String> cache = place.cache(name);
            for (String key : keys()) {
                cache.put(key, "v", EntryOptions.NONE.withTimeToLive(Duration.ofMillis(500)));
            }
        });
        List<CompletableFuture<?>> loads = new ArrayList<>();
        jvms.three().forEach(worker -> loads.add(worker.begin(place -> loadUntilNew(place.cache(name)))));
        loads.forEach(CompletableFuture::join);
        jvms.three().forEach(writer -> fence(jvms, writer, name));
        List<String> once = keys.stream().map(key -> "EXPIRED " + key + " v v").toList();
        List<String> then =
                keys.stream().map(key -> "CREATED " + key + " null new").toList();
        for (Worker worker : jvms.three()) {
            assertThat(heard(worker, name, "EXPIRED")).isEqualTo(once);
            assertThat(heard(worker, name, "CREATED")).containsAll(then);
        }
    }

    private static Integer loadUntilNew(NearfarCache<String, String> cache) throws Exception {
        int loads = 0;
        Set<String> left = keys();
        while (!left.isEmpty()) {
            for (String key : Set.copyOf(left)) {
                if ("new".equals(cache.getOrLoad(key, () -> "new"))) {
                    left.remove(key);
                }
            }
            loads++;
        }
        return loads;
    }
}
