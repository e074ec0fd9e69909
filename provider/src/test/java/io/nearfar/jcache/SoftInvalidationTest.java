package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.EntryOptions;
import io.nearfar.FarTierUnavailableException;
import io.nearfar.NearfarCache;
import io.nearfar.config.Mode;
import io.nearfar.testing.Application;
import io.nearfar.testing.RealRedis;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was ended by {@code expire} answers nobody, but in place of loads that fail. */
@Timeout(120)
class SoftInvalidationTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Callable<String> FAILING = () -> {
        throw new IllegalStateException("the database is away");
    };

    private static Application inGrace(Mode mode, String... further) {
        String[] settings = new String[further.length + 4];
        settings[0] = "nearfar.grace";
        settings[1] = "1h";
        settings[2] = "nearfar.fail-safe.throttle";
        settings[3] = "0";
        System.arraycopy(further, 0, settings, 4, further.length);
        return Application.in(mode, settings);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void expired_isReadNoMore_andAnswersWhereALoadFails(Mode mode) throws Exception {
        try (Application application = inGrace(mode)) {
            NearfarCache<String, String> cache = application.cache();
            cache.put("k", "old");
            assertThat(cache.expire("k")).isTrue();
            assertThat(cache.get("k")).isNull();
            assertThat(cache.containsKey("k")).isFalse();
            assertThat(cache.expire("k")).as("is there").isFalse();
            assertThat(cache.getOrLoad("k", FAILING)).isEqualTo("old");
            assertThat(cache.getOrLoad("k", context -> "after " + context.previous(String.class)))
                    .isEqualTo("after old");
            assertThat(cache.get("k")).isEqualTo("after old");
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void entryWithoutAGrace_isRemoved(Mode mode) {
        try (Application application = Application.in(mode)) {
            NearfarCache<String, String> cache = application.cache();
            cache.put("k", "old");
            assertThat(cache.expire("k")).isTrue();
            assertThat(cache.get("k")).isNull();
            assertThatThrownBy(() -> cache.getOrLoad("k", FAILING)).hasMessage("the database is away");
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void loadThatBeganBefore_isNotStored_andWhatWasKeptStaysKept(Mode mode) throws Exception {
        try (Application application = inGrace(mode)) {
            NearfarCache<String, String> cache = application.cache();
            cache.put("k", "old");
            cache.expire("k");
            String loaded = cache.getOrLoad("k", () -> {
                cache.expire("k");
                return "read before";
            });
            assertThat(loaded).isEqualTo("read before");
            assertThat(cache.get("k")).isNull();
            assertThat(cache.getOrLoad("k", FAILING)).isEqualTo("old");
        }
    }

    /** Each step waits for the one before: the load is asked for, then another waits for it, then another node ends the key. */
    @Test
    void loadThatBeganBefore_answersWhoWaits_andWhatIsKeptAnswersAfterwards() throws Exception {
        try (Application here = inGrace(Mode.TIERED);
                Application there = here.another()) {
            NearfarCache<String, String> mine = here.cache();
            NearfarCache<String, String> theirs = there.cache();
            mine.put("k", "put");
            mine.expire("k");
            CompletableFuture<String> load = new CompletableFuture<>();
            CompletableFuture<String> caller =
                    mine.getOrLoadAsync("k", () -> load).toCompletableFuture();
            CompletableFuture<String> waiting =
                    mine.getOrLoadAsync("k", () -> load).toCompletableFuture();
            assertThat(theirs.expire("k")).as("is there").isFalse();
            load.complete("loaded");
            assertThat(caller.get(60, TimeUnit.SECONDS)).isEqualTo("loaded");
            assertThat(waiting.get(60, TimeUnit.SECONDS)).isEqualTo("loaded");
            assertThat(mine.get("k")).isNull();
            assertThat(mine.getOrLoad("k", FAILING)).isEqualTo("put");
            assertThat(theirs.getOrLoad("k", FAILING)).isEqualTo("put");
            assertThat(theirs.getOrLoad("k", () -> "loaded again")).isEqualTo("loaded again");
            assertThat(mine.getOrLoad("k", FAILING)).isEqualTo("loaded again");
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void reloadThatBeganBefore_isNotStored(Mode mode) throws Exception {
        try (Application application = inGrace(mode)) {
            NearfarCache<String, String> cache = application.cache();
            cache.put("k", "old");
            cache.reload("k", () -> {
                cache.expire("k");
                return "read before";
            });
            assertThat(cache.get("k")).isNull();
            assertThat(cache.getOrLoad("k", FAILING)).isEqualTo("old");
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void whatIsInvalidatedOrRemovedAfterwards_answersNobody(Mode mode) {
        try (Application application = inGrace(mode)) {
            NearfarCache<String, String> cache = application.cache();
            cache.put("tagged", "old", EntryOptions.NONE.withTags("t"));
            cache.put("removed", "old");
            cache.put("cleared", "old");
            cache.expire("tagged");
            cache.expire("removed");
            cache.invalidateTag("t");
            cache.remove("removed");
            assertThatThrownBy(() -> cache.getOrLoad("tagged", FAILING)).hasMessage("the database is away");
            assertThatThrownBy(() -> cache.getOrLoad("removed", FAILING)).hasMessage("the database is away");
            cache.expire("cleared");
            cache.clear();
            assertThatThrownBy(() -> cache.getOrLoad("cleared", FAILING)).hasMessage("the database is away");
        }
    }

    /** It has not just ended: somebody has said that it is wrong. */
    @ParameterizedTest
    @EnumSource(Mode.class)
    void staleWhileRevalidate_doesNotAnswerWithIt(Mode mode) {
        try (Application application = inGrace(mode, "nearfar.stale-while-revalidate", "1m")) {
            NearfarCache<String, String> cache = application.cache();
            cache.put("k", "old");
            cache.expire("k");
            CompletableFuture<String> load = new CompletableFuture<>();
            CompletableFuture<String> answer =
                    cache.getOrLoadAsync("k", () -> load).toCompletableFuture();
            CompletableFuture<String> another =
                    cache.getOrLoadAsync("k", () -> load).toCompletableFuture();
            assertThat(answer).isNotDone();
            assertThat(another).isNotDone();
            load.complete("new");
            assertThat(answer.join()).isEqualTo("new");
            assertThat(another.join()).isEqualTo("new");
        }
    }

    @Test
    void otherNodes_dropTheirCopies_andFallBackToWhatIsKept() throws Exception {
        try (Application here = inGrace(Mode.TIERED);
                Application there = here.another()) {
            NearfarCache<String, String> mine = here.cache();
            NearfarCache<String, String> theirs = there.cache();
            mine.put("k", "old");
            assertThat(theirs.get("k")).isEqualTo("old");
            mine.expire("k");
            await().atMost(SOON).until(() -> theirs.get("k") == null);
            assertThat(theirs.getOrLoad("k", FAILING)).isEqualTo("old");
        }
    }

    @Test
    void withoutAThread_isTheSame() throws Exception {
        try (Application application = inGrace(Mode.TIERED)) {
            NearfarCache<String, String> cache = application.cache();
            cache.put("k", "old");
            assertThat(cache.async().expire("k").toCompletableFuture().join()).isTrue();
            assertThat(cache.get("k")).isNull();
            assertThat(cache.getOrLoad("k", FAILING)).isEqualTo("old");
        }
    }

    @Test
    void inAnOutage_isARemovalThatIsMadeUpFor() {
        try (RealRedis redis = RealRedis.start();
                Application application =
                        inGrace(Mode.TIERED, "nearfar.address", redis.address(), "nearfar.deadline", "250ms")) {
            NearfarCache<String, String> cache = application.cache();
            await().atMost(SOON)
                    .ignoreException(FarTierUnavailableException.class)
                    .until(() -> {
                        cache.getAndPut("k", "old");
                        return true;
                    });
            redis.freeze();
            assertThat(cache.expire("k")).isFalse();
            assertThat(cache.get("k")).isNull();
            redis.thaw();
            await().atMost(SOON)
                    .ignoreException(FarTierUnavailableException.class)
                    .until(() -> cache.getAndPut("k", "new") == null);
        }
    }
}
