package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Entry;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.Lifetime;
import io.nearfar.entry.Reply;
import io.nearfar.fault.proxy.FaultProxy;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RespClient;
import io.nearfar.testing.TextFormat;
import io.nearfar.testing.TextKeys;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A large value on its way holds up nothing else, also where all calls share one connection. */
@Timeout(120)
class SmallBesideLargeTest {
    private static final String LARGE = "x".repeat(8_000_000);

    /** All of it would take longer than the test, and than any deadline; a piece takes half a second. */
    private static final int BYTES_A_SECOND = 128 * 1024;

    private static final Duration SOON = Duration.ofSeconds(60);

    private final TextFormat format = new TextFormat();
    private final RealRedis redis = RealRedis.start();
    private final FaultProxy proxy = new FaultProxy(redis.port());
    private final FarTier tier = FarSetups.open(
            FarSetups.ofOneConnection(FarSetups.quiet(FarSetups.far(FarSetups.address(proxy.host()), "beside"))));
    private final EntryStore<String, String> store = tier.store(FarSetups.cache("c"), new TextKeys(), format);

    @BeforeEach
    void fill() {
        put("large", LARGE); // and the cache has met a large value
        put("small", "v");
        redis.call("CONFIG", "RESETSTAT");
        proxy.throttle(BYTES_A_SECOND);
    }

    @AfterEach
    void stop() {
        tier.close();
        proxy.close();
        redis.close();
    }

    private Reply<String> put(String key, String text) {
        return store.apply(
                key, Change.write(format.keep(text), Condition.ALWAYS, Lifetime.of(Lifetime.ETERNAL), false));
    }

    private Entry<String> read(String key) {
        return store.read(key, Freshness.AUTHORITY);
    }

    private <T> FutureTask<T> begun(Callable<T> call) {
        FutureTask<T> task = new FutureTask<>(call);
        new Thread(task).start();
        return task;
    }

    private int calls(String command) {
        String figures = RespClient.text(redis.call("INFO", "commandstats"));
        Matcher matcher =
                Pattern.compile("cmdstat_" + command + ":calls=(\\d+)").matcher(figures);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    /** Begun after the large one and ended before it, the one connection notwithstanding. */
    private void assertSmallReadsEndBefore(FutureTask<?> large) {
        for (int i = 0; i < 3; i++) {
            assertThat(read("small").value().get()).isEqualTo("v");
        }
        assertThat(large).isNotDone();
        proxy.heal();
    }

    @Test
    void smallReads_besideALargeOne_endBeforeIt() throws Exception {
        FutureTask<Entry<String>> large = begun(() -> read("large"));
        await().atMost(SOON).until(() -> calls("getrange") > 2); // pieces come
        assertSmallReadsEndBefore(large);
        assertThat(large.get().value().get()).isEqualTo(LARGE);
        assertThat(tier.breakerOpenings()).isZero();
    }

    @Test
    void smallReads_besideALargeWrite_endBeforeIt() throws Exception {
        FutureTask<Reply<String>> large = begun(() -> put("large", LARGE));
        await().atMost(SOON).until(() -> calls("evalsha") > 1);
        assertSmallReadsEndBefore(large);
        assertThat(large.get().applied()).isTrue();
        assertThat(tier.breakerOpenings()).isZero();
    }

    /** What it meets comes in pieces too, also where the change is one of many. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void smallReads_besideALargeOldValue_endBeforeIt(boolean amongMany) throws Exception {
        Change<String> change = Change.write(format.keep("new"), Condition.ALWAYS, Lifetime.of(Lifetime.ETERNAL), true);
        FutureTask<Reply<String>> large = begun(() -> amongMany
                ? store.applyAll(Map.of("large", change, "other", change)).get("large")
                : store.apply("large", change));
        await().atMost(SOON).until(() -> calls("getrange") > 2); // pieces come
        assertSmallReadsEndBefore(large);
        assertThat(large.get().applied()).isTrue();
        assertThat(large.get().met().value().get()).isEqualTo(LARGE);
        assertThat(read("large").value().get()).isEqualTo("new");
        assertThat(tier.breakerOpenings()).isZero();
    }

    @Test
    void smallReads_besideALargeRemovedValue_endBeforeIt() throws Exception {
        FutureTask<Reply<String>> large = begun(() -> store.apply("large", Change.removal(Condition.PRESENT, true)));
        await().atMost(SOON).until(() -> calls("getrange") > 2);
        assertSmallReadsEndBefore(large);
        assertThat(large.get().met().value().get()).isEqualTo(LARGE);
        assertThat(read("large")).isNull();
    }
}
