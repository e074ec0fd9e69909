package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.config.FarAddress;
import io.nearfar.config.Topology;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.Lifetime;
import io.nearfar.entry.Version;
import io.nearfar.invalidation.Invalidation;
import io.nearfar.invalidation.InvalidationSink;
import io.nearfar.key.Keyspace;
import io.nearfar.testing.CapturedLog;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RespClient;
import io.nearfar.testing.TextFormat;
import io.nearfar.testing.TextKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages from one node to another over a real server. */
@Timeout(120)
class BusTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final TextFormat format = new TextFormat();
    private final Keyspace keyspace = new Keyspace("bus");
    private final Recorder recorder = new Recorder();
    private RealRedis redis;
    private FarTier writing;
    private FarTier hearing;
    private EntryStore<String, String> store;

    /** Keeps what came. */
    private static class Recorder implements InvalidationSink {
        final ConcurrentLinkedQueue<Invalidation> messages = new ConcurrentLinkedQueue<>();
        final AtomicIntegerArray subscriptions = new AtomicIntegerArray(Keyspace.PARTITIONS);
        final AtomicIntegerArray unreadable = new AtomicIntegerArray(Keyspace.PARTITIONS);

        @Override
        public void received(Invalidation message) {
            messages.add(message);
        }

        @Override
        public void resubscribed(int partition) {
            subscriptions.incrementAndGet(partition);
        }

        @Override
        public void unreadable(int partition) {
            unreadable.incrementAndGet(partition);
        }

        /** Returns the messages of one partition in the order of their coming. */
        List<Invalidation> of(int partition) {
            return messages.stream()
                    .filter(message -> message.partition() == partition)
                    .toList();
        }
    }

    @BeforeEach
    void start() {
        redis = RealRedis.start();
        writing = FarSetups.open(FarSetups.far(FarSetups.address(redis.host()), "bus"));
        hearing = FarSetups.open(FarSetups.far(FarSetups.address(redis.host()), "bus"));
        hearing.subscribe(recorder);
        store = writing.store(FarSetups.cache("c"), new TextKeys(), format);
    }

    @AfterEach
    void stop() {
        writing.close();
        hearing.close();
        redis.close();
    }

    private Version put(String key) {
        return store.apply(key, Change.write(format.keep("v"), Condition.ALWAYS, Lifetime.of(Lifetime.ETERNAL), false))
                .version();
    }

    @Test
    void write_isHeardByTheOtherNodeAndBySelf() {
        Recorder own = new Recorder();
        writing.subscribe(own);
        int partition = keyspace.partition("c", "a:b");
        Version version = put("a:b");
        for (Recorder each : List.of(recorder, own)) {
            await().atMost(SOON).until(() -> each.of(partition).size() == 2); // the meta's clear, and the write
            Invalidation message = each.of(partition).get(1);
            assertThat(message.version()).isEqualTo(version);
            assertThat(message.previous()).isEqualTo(each.of(partition).get(0).version());
            assertThat(message.kind()).isEqualTo(Invalidation.Kind.ENTRIES);
            assertThat(message.cache()).isEqualTo("c");
            assertThat(message.names()).containsExactly("a:b");
        }
    }

    /** The channels are subscribed to when open returns: nothing that is written from then on is missed. */
    @Test
    void open_returnsWithAllChannelsSubscribed() {
        for (int partition = 0; partition < Keyspace.PARTITIONS; partition++) {
            List<Object> subscribers = ScriptBench.list(redis.call("PUBSUB", "NUMSUB", keyspace.channel(partition)));
            assertThat(subscribers.get(1)).isEqualTo(2L);
        }
    }

    /** Channels are one for all databases of a server; what is written in another is not heard here. */
    @Test
    void write_inAnotherDatabase_isNotHeard() {
        FarAddress elsewhere = new FarAddress(Topology.STANDALONE, List.of(redis.host()), false, null, null, 3, null);
        try (FarTier other = FarSetups.open(FarSetups.far(elsewhere, "bus"))) {
            EntryStore<String, String> theirs = other.store(FarSetups.cache("c"), new TextKeys(), format);
            theirs.clear();
            put("k");
            assertThat(theirs.read("k", Freshness.AUTHORITY)).isNull();
        }
        await().atMost(SOON).until(() -> recorder.messages.size() >= 2);
        assertThat(recorder.messages).hasSize(2);
    }

    /** Every message names the write before it, so the chain of a partition can be followed without a gap. */
    @Test
    void messages_ofManyWriters_comeInOrderWithoutGap() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<java.util.concurrent.Callable<Void>> work = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            int mine = thread;
            work.add(() -> {
                for (int i = 0; i < 150; i++) {
                    put("k" + (i * 4 + mine) % 97);
                }
                Map<String, Change<String>> removals = new HashMap<>();
                for (int i = 0; i < 50; i++) {
                    removals.put("k" + i, Change.removal(Condition.ALWAYS, false));
                }
                store.applyAll(removals);
                return null;
            });
        }
        for (java.util.concurrent.Future<Void> each : threads.invokeAll(work)) {
            each.get();
        }
        threads.shutdown();
        store.clear();
        for (int partition = 0; partition < Keyspace.PARTITIONS; partition++) {
            byte[] last = (byte[]) redis.call("GET", keyspace.chainKey(partition));
            assertFollows(partition, Numbers.version(last));
        }
    }

    private void assertFollows(int partition, Version last) {
        await().atMost(SOON).until(() -> {
            List<Invalidation> messages = recorder.of(partition);
            return !messages.isEmpty()
                    && messages.get(messages.size() - 1).version().equals(last);
        });
        Version previous = new Version(0, 0);
        for (Invalidation message : recorder.of(partition)) {
            assertThat(message.previous()).isEqualTo(previous);
            assertThat(message.version().isAfter(previous)).isTrue();
            previous = message.version();
        }
    }

    @Test
    void clear_isHeardOncePerPartition() {
        store.clear();
        await().atMost(SOON).until(() -> recorder.messages.size() == Keyspace.PARTITIONS);
        assertThat(recorder.messages).allSatisfy(message -> {
            assertThat(message.kind()).isEqualTo(Invalidation.Kind.CLEAR);
            assertThat(message.names()).isEmpty();
        });
    }

    @Test
    void applyAll_sendsOneMessageForEachPartition() {
        store.clear();
        Map<String, Change<String>> changes = new HashMap<>();
        for (int i = 0; i < 200; i++) {
            changes.put(
                    "k" + i, Change.write(format.keep("v"), Condition.ALWAYS, Lifetime.of(Lifetime.ETERNAL), false));
        }
        Map<String, io.nearfar.entry.Reply<String>> replies = store.applyAll(changes);
        List<Invalidation> heard = new ArrayList<>();
        await().atMost(SOON).until(() -> {
            heard.clear();
            recorder.messages.stream()
                    .filter(message -> message.kind() == Invalidation.Kind.ENTRIES)
                    .forEach(heard::add);
            return heard.stream().mapToInt(message -> message.names().size()).sum() == 200;
        });
        assertThat(heard).hasSizeLessThanOrEqualTo(Keyspace.PARTITIONS);
        for (Invalidation message : heard) {
            message.names()
                    .forEach(key -> assertThat(replies.get(key).version()).isEqualTo(message.version()));
        }
    }

    /** A connection that was cut has missed messages: each partition says so, and then they come again. */
    @Test
    void connection_killed_isReportedAndMadeAnew() {
        put("k");
        await().atMost(SOON).until(() -> !recorder.messages.isEmpty());
        redis.call("CLIENT", "KILL", "TYPE", "pubsub");
        await().atMost(SOON).until(() -> {
            for (int partition = 0; partition < Keyspace.PARTITIONS; partition++) {
                if (recorder.subscriptions.get(partition) == 0) {
                    return false;
                }
            }
            return true;
        });
        recorder.messages.clear();
        Version version = put("k");
        await().atMost(SOON)
                .until(() -> recorder.messages.stream()
                        .anyMatch(message -> message.version().equals(version)));
    }

    /** Whatever is wrong with the connections: they are made anew, and what was heard by them is heard by the new ones. */
    @Test
    void renew_makesTheConnectionsAnew() {
        Set<String> before = subscribers();
        hearing.renew();
        await().atMost(SOON).until(() -> {
            Set<String> after = subscribers();
            after.removeAll(before);
            return after.size() == 1 && subscribers().size() == before.size();
        });
        Version version = put("k");
        await().atMost(SOON)
                .until(() ->
                        recorder.messages.stream().anyMatch(m -> m.version().equals(version)));
        assertThat(recorder.messages.stream().filter(m -> m.version().equals(version)))
                .as("the old subscription is gone")
                .hasSize(1);
    }

    private Set<String> subscribers() {
        Set<String> ids = new HashSet<>();
        RespClient.text(redis.call("CLIENT", "LIST", "TYPE", "pubsub"))
                .lines()
                .filter(line -> !line.contains(" sub=0 "))
                .forEach(line -> ids.add(line.substring(0, line.indexOf(' '))));
        return ids;
    }

    @Test
    void message_ofAnotherFormat_isReported() {
        redis.call("PUBLISH", keyspace.channel(5), "garbage");
        redis.call("PUBLISH", keyspace.channel(6), "");
        await().atMost(SOON).until(() -> recorder.unreadable.get(5) == 1 && recorder.unreadable.get(6) == 1);
        put("k");
        await().atMost(SOON).until(() -> !recorder.messages.isEmpty());
    }

    /** A missing meta makes a partition's entries dead; the reader that finds out tells every node. */
    @Test
    void read_ofAnEntryWithoutMeta_clearsThePartition() {
        put("k");
        int partition = keyspace.partition("c", "k");
        await().atMost(SOON).until(() -> recorder.of(partition).size() == 2);
        recorder.messages.clear();
        redis.call("DEL", keyspace.metaKey("c", partition));
        assertThat(store.read("k", Freshness.AUTHORITY)).isNull();
        assertThat(store.readAll(List.of("k"), Freshness.AUTHORITY)).isEmpty();
        await().atMost(SOON).until(() -> recorder.of(partition).size() == 1);
        assertThat(recorder.of(partition).get(0).kind()).isEqualTo(Invalidation.Kind.CLEAR);
        assertThat(redis.call("EXISTS", keyspace.metaKey("c", partition))).isEqualTo(1L);
    }

    /** The threads that deliver messages would wait for themselves. */
    @Test
    void sink_thatCallsTheFarTier_isToldSo() {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        hearing.subscribe(new Recorder() {
            @Override
            public void received(Invalidation message) {
                try {
                    store.read("k", Freshness.AUTHORITY);
                } catch (IllegalStateException e) {
                    thrown.set(e);
                }
            }
        });
        put("k");
        await().atMost(SOON).until(() -> thrown.get() != null);
        assertThat(thrown.get()).hasMessageContaining("would wait for itself");
    }

    /** A sink that fails learns that it missed something, and keeps no messages from the others. */
    @Test
    void sink_thatFails_doesNotStopTheRest() {
        Recorder last = new Recorder();
        Recorder failing = new Recorder() {
            @Override
            public void received(Invalidation message) {
                throw new IllegalStateException("a sink of a test fails");
            }
        };
        hearing.subscribe(failing);
        hearing.subscribe(last);
        try (CapturedLog log = new CapturedLog()) {
            put("ann@example.org");
            put("ann@example.org");
            await().atMost(SOON).until(() -> last.messages.size() == 3);
            assertThat(log.lines("NF0307 c: a message of kind ENTRIES about 1 names"))
                    .hasSize(2);
            assertThat(log.lines("ann@")).isEmpty();
        }
        assertThat(failing.unreadable.get(keyspace.partition("c", "ann@example.org")))
                .isEqualTo(3);
    }
}
