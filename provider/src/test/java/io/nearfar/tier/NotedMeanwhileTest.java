package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.entry.Attributes;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Ending;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.Lease;
import io.nearfar.entry.Lifetime;
import io.nearfar.entry.Value;
import io.nearfar.entry.ValueFormat;
import io.nearfar.far.FarEntries;
import io.nearfar.far.FarTier;
import io.nearfar.observe.CacheSignals;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.TextFormat;
import io.nearfar.testing.TextKeys;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A thread asks the far tier; while the answer is on its way another thread finds the far tier away, and notes a change. The
 * next read of this node will be answered with that, so nobody may be shown the far entry any more.
 */
@Timeout(120)
class NotedMeanwhileTest {
    private final RealRedis redis = RealRedis.start();
    private final FarTier tier = FarSetups.open(FarSetups.far(FarSetups.address(redis.host()), "tiers:meanwhile"));
    private final TextFormat values = new TextFormat();
    private final FarEntries<String, String> far =
            tier.store(FarSetups.cache("c"), new TextKeys(), new Interrupted(values));
    private final CacheSignals signals = new CacheSignals("c");
    private final DirtySet<String, String> dirty =
            new DirtySet<>(FarSetups.DIRTY, key -> key, nanoTime -> 0, System::nanoTime, signals, () -> {}, key -> 0);
    private final OutageStore<String, String> store = new OutageStore<>(
            interrupted(),
            dirty,
            new Settler<>("c", far, dirty, new SettlingCounts(), null, null, FarSetups.DEADLINE.toNanos()),
            new FailOpen<>(FarSetups.cache("c"), dirty, far::partition, key -> null, key -> null, key -> {}),
            signals,
            () -> {});
    private volatile @Nullable Change<String> meanwhile;
    private volatile @Nullable String tagMeanwhile;

    /** Notes an invalidation of a tag when the far tier has said what becomes of a failed load. */
    @SuppressWarnings("unchecked") // the proxy is of the interface that is asked for
    private FarEntries<String, String> interrupted() {
        return (FarEntries<String, String>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {FarEntries.class}, (proxy, method, arguments) -> {
                    Object answer = method.invoke(far, arguments);
                    String tag = tagMeanwhile;
                    if (tag != null && method.getName().equals("releaseFailed")) {
                        dirty.noteTags(Set.of(tag), Ending.HARD, DirtyPartitions.all());
                    }
                    return answer;
                });
    }

    /** Notes a change between the far tier's answer and what is made of it. */
    private final class Interrupted implements ValueFormat<String> {
        private final ValueFormat<String> values;

        Interrupted(ValueFormat<String> values) {
            this.values = values;
        }

        @Override
        public Value<String> keep(String value) {
            return values.keep(value);
        }

        @Override
        public @Nullable Value<String> decode(byte[] bytes) {
            Change<String> change = meanwhile;
            meanwhile = null;
            if (change != null) {
                dirty.note("k", far.partition("k"), change, null);
            }
            return values.decode(bytes);
        }
    }

    @BeforeEach
    void putFar() {
        far.apply("k", write("far"));
    }

    @AfterEach
    void stop() {
        tier.close();
        redis.close();
    }

    private Change<String> write(String value) {
        return Change.write(values.keep(value), Condition.ALWAYS, Node.eternal(), false);
    }

    private static @Nullable String text(@Nullable Entry<String> entry) {
        return entry == null ? null : entry.value().get();
    }

    @Test
    void lookup_answersWithWhatWasNoted() {
        meanwhile = write("noted");
        assertThat(text(store.lookup("k"))).isEqualTo("noted");
    }

    @Test
    void lookup_ofWhatWasRemoved_misses() {
        meanwhile = Change.removal(Condition.ALWAYS, false);
        assertThat(store.lookup("k")).isNull();
    }

    @Test
    void lookupAll_answersWithWhatWasNoted() {
        meanwhile = write("noted");
        assertThat(text(store.lookupAll(Set.of("k")).get("k"))).isEqualTo("noted");
    }

    /** Nothing that is noted is kept near: it is no entry of the far tier. */
    @Test
    void answer_isOfThisNode() {
        meanwhile = write("noted");
        assertThat(store.answer("k", Freshness.NEAR).isFar()).isFalse();
        assertThat(store.answer("k", Freshness.NEAR).isFar()).as("made up for").isTrue();
    }

    /** Who decides over it settles the key before that. */
    @Test
    void read_ofTheAuthority_isTheFarEntry() {
        meanwhile = write("noted");
        assertThat(text(store.read("k", Freshness.AUTHORITY))).isEqualTo("far");
    }

    @Test
    void lease_findsWhatWasNoted() {
        meanwhile = write("noted");
        assertThat(store.lease("k", 60_000))
                .isInstanceOfSatisfying(
                        Lease.Found.class,
                        found -> assertThat(((Entry<?>) found.entry()).value().get())
                                .isEqualTo("noted"));
    }

    /** The one who may load then is known to this node alone, as long as the removal is. */
    @Test
    void lease_ofWhatWasRemoved_isGranted() {
        meanwhile = Change.removal(Condition.ALWAYS, false);
        assertThat(store.lease("k", 60_000))
                .isInstanceOfSatisfying(
                        Lease.Granted.class,
                        granted -> assertThat(Provisional.is(granted.version())).isTrue());
    }

    @ParameterizedTest
    @CsvSource({"red, false", "blue, true"})
    void releaseFailed_ofWhatHasATagThatWasInvalidated_letsNothingAnswer(String tag, boolean stands) {
        far.apply(
                "k",
                Change.write(values.keep("old"), Condition.ALWAYS, Lifetime.of(5), false)
                        .with(Attributes.of(List.of("red"), Attributes.AS_CONFIGURED, 3_600_000)));
        await().atMost(Duration.ofSeconds(30)).until(() -> far.read("k", Freshness.AUTHORITY) == null);
        Lease.Granted<String> granted = (Lease.Granted<String>) store.lease("k", 60_000);
        assertThat(text(granted.kept())).isEqualTo("old");
        tagMeanwhile = tag;
        assertThat(store.releaseFailed("k", granted, 60_000)).isEqualTo(stands);
    }

    @Test
    void lease_meanwhileNothing_findsTheFarEntry() {
        assertThat(store.lease("k", 60_000))
                .isInstanceOfSatisfying(
                        Lease.Found.class,
                        found -> assertThat(((Entry<?>) found.entry()).value().get())
                                .isEqualTo("far"));
    }
}
