package io.nearfar.near;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.InvalidationPace;
import io.nearfar.config.AtomicOutage;
import io.nearfar.config.CacheSettings;
import io.nearfar.config.CompressionSettings;
import io.nearfar.config.KeyRule;
import io.nearfar.config.ListenerScope;
import io.nearfar.config.LoadSettings;
import io.nearfar.config.Mode;
import io.nearfar.config.Namespaces;
import io.nearfar.config.OutagePolicy;
import io.nearfar.config.TimeToLiveRules;
import io.nearfar.config.TrustPolicy;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Value;
import io.nearfar.entry.Version;
import io.nearfar.observe.CacheSignals;
import io.nearfar.testing.FarSetups;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class NearTierTest {
    private final AtomicLong now = new AtomicLong(1_000_000);
    private final Commons commons = new Commons(4, nanos -> now.get());
    private final CacheSignals signals = new CacheSignals("cities");
    private final NearTier<String, String> near = near(1000, true);

    private NearTier<String, String> near(long maximum, boolean reversible) {
        CacheSettings settings = new CacheSettings(
                "cities",
                Mode.TIERED,
                null,
                maximum,
                null,
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                OutagePolicy.OPEN,
                AtomicOutage.REFUSE,
                Duration.ofMillis(250),
                8_000_000,
                "java",
                TrustPolicy.LEARNED,
                List.of(),
                Duration.ofSeconds(2),
                FarSetups.DIRTY,
                CompressionSettings.NONE,
                0,
                TimeToLiveRules.NONE,
                LoadSettings.NONE,
                KeyRule.NONE,
                Namespaces.NONE,
                ListenerScope.ALL,
                InvalidationPace.DEFAULT);
        return new NearTier<>(
                settings, commons.value(), signals, key -> key, text -> reversible ? text : null, key -> key);
    }

    private record Text(String get) implements Value<String> {
        @Override
        public byte[] bytes() {
            return get.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public int weight() {
            return get.length();
        }
    }

    private static Version version(long stamp) {
        return new Version(stamp, stamp * 31);
    }

    private static Entry<String> entry(long stamp) {
        return Entry.of(new Text("v" + stamp), version(stamp), stamp, Entry.NEVER);
    }

    private Fill<String> begin(String key) {
        return near.begin(key, key, true, 0);
    }

    private void fill(String key, long stamp) {
        near.complete(begin(key), entry(stamp));
    }

    /** As the fault suite saw it: its reader has the newer one, and must not meet the older one afterwards. */
    @Test
    void fill_thatIsRefusedAfterABeat_takesWhatIsOlderWithIt() {
        Fill<String> slow = begin("a");
        fill("a", 5);
        commons.leases.get(0).beat();
        commons.leases.get(0).answered(5);
        near.complete(slow, entry(7));
        assertThat(near.get("a")).isNull();
    }

    /** No message has told of the newer one yet, and the near tier had no room for it. */
    @Test
    void fill_thatAnotherReadHasOvertaken_isNotKept() {
        Fill<String> slow = begin("a");
        fill("a", 7);
        near.drop("a");
        near.complete(slow, entry(5));
        assertThat(near.get("a")).isNull();
        assertThat(near.pending()).isZero();
    }

    @Test
    void fill_thatIsRefused_leavesWhatIsNewer() {
        Fill<String> slow = begin("a");
        fill("a", 9);
        commons.leases.get(0).beat();
        commons.leases.get(0).answered(5);
        near.complete(slow, entry(7));
        assertThat(near.get("a")).isEqualTo(entry(9));
    }

    @Test
    void get_afterFill_returnsEntry() {
        fill("a", 5);
        assertThat(near.get("a")).isEqualTo(entry(5));
        assertThat(near.pending()).isZero();
    }

    @Test
    void complete_invalidatedMeanwhile_keepsNothing() {
        Fill<String> fill = begin("a");
        near.invalidate("a", version(6));
        near.complete(fill, entry(5));
        assertThat(near.get("a")).isNull();
        assertThat(near.pending()).isZero();
    }

    @Test
    void complete_invalidatedMeanwhileByTheVeryWriteItRead_keepsIt() {
        Fill<String> fill = begin("a");
        near.invalidate("a", version(6));
        near.complete(fill, entry(6));
        assertThat(near.get("a")).isEqualTo(entry(6));
    }

    @Test
    void complete_sameStampOfAnotherWriter_keepsNothing() {
        Fill<String> fill = begin("a");
        near.invalidate("a", new Version(6, 1));
        near.complete(fill, Entry.of(new Text("x"), new Version(6, 2), 6, Entry.NEVER));
        assertThat(near.get("a")).isNull();
    }

    @Test
    void invalidate_olderThanEntry_leavesIt() {
        fill("a", 7);
        near.invalidate("a", version(6));
        assertThat(near.get("a")).isEqualTo(entry(7));
        near.invalidate("a", version(7));
        assertThat(near.get("a")).isEqualTo(entry(7));
    }

    @Test
    void invalidate_newerThanEntry_removesAndCounts() {
        fill("a", 7);
        near.invalidate("a", version(8));
        assertThat(near.get("a")).isNull();
        assertThat(signals.figures(near::size).invalidations()).isEqualTo(1);
    }

    @Test
    void complete_olderThanWhatIsThere_keepsTheNewer() {
        Fill<String> slow = begin("a");
        fill("a", 9);
        near.complete(slow, entry(8));
        assertThat(near.get("a")).isEqualTo(entry(9));
    }

    @Test
    void complete_ownRemovalWhileAnotherReads_dropsWhatTheReadBrings() {
        Fill<String> read = begin("a");
        Fill<String> removal = begin("a");
        near.complete(removal, version(6), null);
        near.complete(read, entry(5));
        assertThat(near.get("a")).isNull();
    }

    @Test
    void complete_absentBesideAnOlderRead_dropsWhatThatReadBrings() {
        Fill<String> older = begin("a");
        Fill<String> absent = begin("a");
        near.complete(absent, null);
        near.complete(older, entry(5));
        assertThat(near.get("a")).isNull();
        assertThat(near.pending()).isZero();
    }

    @Test
    void completeUnknown_anEntryIsThere_dropsItAndEveryFillUnderWay() {
        fill("a", 5);
        Fill<String> read = begin("a");
        near.completeUnknown(begin("a"));
        assertThat(near.get("a")).isNull();
        near.complete(read, entry(5));
        assertThat(near.get("a")).isNull();
        fill("a", 5);
        assertThat(near.get("a")).isEqualTo(entry(5));
    }

    @Test
    void clear_ofPartition_endsOlderEntriesAndFillsOnly() {
        fill("a", 5);
        Fill<String> read = begin("b");
        near.clear(0, 5);
        near.complete(read, entry(4));
        assertThat(near.get("a")).isNull();
        assertThat(near.get("b")).isNull();
        fill("a", 6);
        near.clear(0, 5);
        near.clear(1, 100);
        assertThat(near.get("a")).isEqualTo(entry(6));
    }

    @Test
    void beginEpoch_withEntriesAndFills_endsThemWhateverTheirStamp() {
        fill("a", 500);
        Fill<String> read = begin("b");
        near.beginEpoch(0);
        near.complete(read, entry(600));
        assertThat(near.get("a")).isNull();
        assertThat(near.get("b")).isNull();
        fill("a", 7);
        assertThat(near.get("a")).as("a lower stamp of a new epoch is news").isEqualTo(entry(7));
    }

    @Test
    void get_pastExpirationOrLongestStay_returnsNull() {
        near.complete(begin("a"), Entry.of(new Text("x"), version(1), 1, now.get() + 10));
        fill("b", 1);
        now.addAndGet(9);
        assertThat(near.get("a")).isNotNull();
        now.addAndGet(1);
        assertThat(near.get("a")).isNull();
        now.addAndGet(Duration.ofSeconds(60).toNanos() / 1000);
        assertThat(near.get("b")).isNull();
    }

    @Test
    void touch_sameVersion_movesExpiration() {
        Entry<String> entry = Entry.of(new Text("x"), version(1), 1, now.get() + 10);
        near.complete(begin("a"), entry);
        near.touch("a", entry.version(), now.get() + 100);
        near.touch("a", version(2), now.get());
        now.addAndGet(50);
        assertThat(near.get("a")).isNotNull();
    }

    @Test
    void invalidate_keyThatItsTextDoesNotGive_findsItByIndex() {
        NearTier<String, String> indexed = near(1000, false);
        indexed.complete(indexed.begin("key", "text", false, 0), entry(5));
        assertThat(indexed.get("key")).isEqualTo(entry(5));
        indexed.invalidate("text", version(6));
        assertThat(indexed.get("key")).isNull();
    }

    @Test
    void size_moreThanMaximum_isBoundedAndCounted() {
        NearTier<String, String> small = near(10, true);
        for (int i = 0; i < 100; i++) {
            small.complete(small.begin("k" + i, "k" + i, true, 0), entry(i + 1));
        }
        assertThat(small.size()).isLessThanOrEqualTo(10);
        assertThat(signals.figures(small::size).evictions()).isGreaterThanOrEqualTo(90);
    }

    /** One writer, one reader that fills, messages from a third thread: at the end nothing older than the last write. */
    @Test
    void complete_racingWithInvalidations_neverLeavesAnOlderEntry() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        AtomicLong written = new AtomicLong(1);
        for (int round = 0; round < 3_000; round++) {
            long before = written.get();
            boolean messageFirst = random.nextBoolean();
            CountDownLatch go = new CountDownLatch(1);
            Fill<String> fill = begin("hot");
            Thread messenger = new Thread(() -> {
                await(go);
                near.invalidate("hot", version(written.incrementAndGet()));
            });
            messenger.start();
            if (messageFirst) {
                go.countDown();
            }
            near.complete(fill, entry(before));
            go.countDown();
            messenger.join();
            assertThat(near.get("hot")).as("seed %d, round %d", seed, round).isNull();
        }
        assertThat(near.pending()).isZero();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void completeUnknown_whileOthersAreUnderWay_stopsThoseButNotLaterOnes() {
        Fill<String> before = begin("a");
        near.completeUnknown(begin("a"));
        Fill<String> after = begin("a");
        near.complete(before, entry(8));
        assertThat(near.get("a")).isNull();
        near.complete(after, entry(9));
        assertThat(near.get("a")).isEqualTo(entry(9));
        assertThat(near.pending()).isZero();
    }

    @Test
    void touch_expired_doesNotReviveIt() {
        Entry<String> entry = entry(5).expiring(now.get() + 10);
        near.complete(begin("a"), entry);
        now.addAndGet(10);
        near.touch("a", entry.version(), now.get() + 1_000);
        assertThat(near.get("a")).isNull();
    }

    @Test
    void touch_againAndAgain_doesNotProlongTheStay() {
        Entry<String> entry = entry(5);
        near.complete(begin("a"), entry);
        for (int second = 0; second < 59; second++) {
            now.addAndGet(1_000_000);
            near.touch("a", entry.version(), Entry.NEVER - second);
            assertThat(near.get("a")).isNotNull();
        }
        now.addAndGet(1_000_000);
        assertThat(near.get("a")).isNull();
    }

    @Test
    void get_whenTheLeaseHasEnded_returnsNullUntilItIsVerifiedAgain() {
        fill("a", 5);
        commons.nanos.addAndGet(Commons.LEASE.toNanos() - 1);
        assertThat(near.get("a")).isEqualTo(entry(5));
        commons.nanos.addAndGet(1);
        assertThat(near.get("a")).isNull();
        commons.leases.get(0).verified(commons.nanos.get() - 1);
        assertThat(near.get("a")).isEqualTo(entry(5));
    }

    @Test
    void get_otherPartitionVerified_returnsNull() {
        fill("a", 5);
        commons.nanos.addAndGet(Commons.LEASE.toNanos());
        commons.leases.get(1).verified(commons.nanos.get());
        assertThat(near.get("a")).isNull();
    }

    @Test
    void verified_ofAnEarlierBeat_shortensNothing() {
        fill("a", 5);
        commons.leases.get(0).verified(commons.nanos.get() - Commons.LEASE.toNanos());
        assertThat(near.get("a")).isEqualTo(entry(5));
    }

    /** An outage: the lease has ended, and only an answer that may be old can be had. */
    @Test
    void getStale_withinTheLongestStaleness_returnsWhatNothingHasOvertaken() {
        fill("a", 5);
        fill("b", 5);
        fill("c", 5);
        near.invalidate("b", version(6));
        commons.nanos.addAndGet(Duration.ofSeconds(30).toNanos() - 1);
        assertThat(near.get("a")).isNull();
        assertThat(near.getStale("a")).isEqualTo(entry(5));
        assertThat(near.getStale("b")).isNull();
        assertThat(near.getStale("unknown")).isNull();
        near.clear(0, 5);
        assertThat(near.getStale("c")).isNull();
    }

    @Test
    void getStale_longerThanAllowedOrExpired_returnsNull() {
        fill("a", 5);
        near.complete(begin("b"), entry(5).expiring(now.get() + 10));
        now.addAndGet(10);
        assertThat(near.getStale("b")).isNull();
        commons.nanos.addAndGet(Duration.ofSeconds(30).toNanos());
        assertThat(near.getStale("a")).isNull();
    }

    /** A thread finds an entry, stands still while a message takes it away and the lease is renewed, and goes on. */
    @Test
    void get_standsStillWhileTheEntryIsTakenAway_doesNotServeItUnderTheNewLease() {
        fill("a", 5);
        commons.nanos.addAndGet(2 * Commons.LEASE.toNanos());
        commons.duringNextLook.set(() -> {
            near.invalidate("a", version(6));
            commons.leases.get(0).verified(commons.nanos.get());
        });
        assertThat(near.get("a")).isNull();
    }

    @Test
    void get_standsStillWhileTheEntryIsReplaced_doesNotServeTheOldOneUnderTheNewLease() {
        fill("a", 5);
        commons.nanos.addAndGet(2 * Commons.LEASE.toNanos());
        commons.duringNextLook.set(() -> {
            fill("a", 6);
            commons.leases.get(0).verified(commons.nanos.get());
        });
        assertThat(near.get("a")).isNotEqualTo(entry(5));
    }

    @Test
    void complete_ownWriteNotAboveWhatWasReached_tellsThatTheFarTierWentBack() {
        fill("a", 7);
        near.complete(begin("a"), version(6), entry(6));
        assertThat(commons.regressed).containsExactly(0);
        commons.leases.get(2).reached(100);
        near.complete(near.begin("b", "b", true, 2), version(100), entry(100));
        assertThat(commons.regressed).containsExactly(0, 2);
    }

    /** Another node's write may be seen before the reply to an own one that came earlier. */
    @Test
    void complete_ownWriteBelowWhatWasReachedMeanwhile_isNoRegression() {
        commons.leases.get(0).reached(5);
        Fill<String> own = begin("a");
        commons.leases.get(0).reached(8);
        fill("a", 8);
        near.complete(own, version(7), entry(7));
        assertThat(commons.regressed).isEmpty();
        assertThat(near.get("a")).isEqualTo(entry(8));
    }

    /** After a new subscription the far tier is asked again, but what was decoded once is kept. */
    @Test
    void complete_sameWriteInANewEpoch_keepsTheValue() {
        Entry<String> first = entry(5);
        near.complete(begin("a"), first);
        near.beginEpoch(0);
        near.complete(begin("a"), entry(5));
        assertThat(near.get("a").value()).isSameAs(first.value());
    }

    /** A read that found nothing takes the key's token with it; the own write still finds the one of a later reader. */
    @Test
    void complete_ownWriteBesideAReaderThatBeganAfterAnAbsentRead_dropsWhatThatReaderBrings() {
        Fill<String> absent = begin("a");
        Fill<String> own = begin("a");
        near.complete(absent, null);
        Fill<String> reader = begin("a");
        near.complete(own, version(6), null);
        near.complete(reader, entry(5));
        assertThat(near.get("a")).isNull();
        assertThat(near.pending()).isZero();
    }

    @Test
    void completeUnknown_besideAReaderThatBeganAfterAnAbsentRead_dropsWhatThatReaderBrings() {
        Fill<String> absent = begin("a");
        Fill<String> unknown = begin("a");
        near.complete(absent, null);
        Fill<String> reader = begin("a");
        near.completeUnknown(unknown);
        near.complete(reader, entry(5));
        assertThat(near.get("a")).isNull();
        assertThat(near.pending()).isZero();
    }
}
