package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.ContextLoad;
import io.nearfar.EntryOptions;
import io.nearfar.LoadContext;
import io.nearfar.NearfarCache;
import io.nearfar.config.Mode;
import io.nearfar.testing.Application;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A load that is told what was there before may say that it is right still. */
@Timeout(120)
class ConditionalLoadTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration AHEAD = Duration.ofMillis(50);
    private static final EntryOptions TAGGED = EntryOptions.NONE.withTags("t");

    private final AtomicInteger calls = new AtomicInteger();
    private final RecordingListener listener = new RecordingListener();
    private final AtomicReference<String> seen = new AtomicReference<>();

    /** As a service would be asked with an entity tag that answers with 304. */
    private String unchanged(LoadContext context) {
        calls.incrementAndGet();
        String previous = context.previous(String.class);
        seen.set(previous);
        if (previous == null) {
            return "new";
        }
        context.notModified();
        return null;
    }

    /** Ended for the server too, whose time may be a little behind the node's idea of it. */
    private static void ended(NearfarCache<String, String> cache) {
        cache.put("k", "old", TAGGED.withTimeToLive(Duration.ofMillis(5)));
        await().atMost(SOON).until(() -> !cache.containsKey("k"));
        await().atMost(SOON).pollDelay(AHEAD).until(() -> !cache.containsKey("k"));
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void whatHasEndedAndIsRightStill_livesAgain_withItsTags(Mode mode) throws Exception {
        try (Application application = Application.in(mode, "nearfar.grace", "1h")) {
            NearfarCache<String, String> cache = application.cache();
            ended(cache);
            assertThat(cache.getOrLoad("k", this::unchanged)).isEqualTo("old");
            assertThat(seen).hasValue("old");
            assertThat(cache.get("k")).isEqualTo("old");
            assertThat(cache.getOrLoad("k", this::unchanged)).isEqualTo("old");
            assertThat(calls).as("it is there").hasValue(1);
            cache.invalidateTag("t");
            assertThat(cache.containsKey("k")).isFalse();
            assertThat(cache.getOrLoad("k", this::unchanged))
                    .as("what was invalidated is not of before")
                    .isEqualTo("new");
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void loadThatAnswersWithAStage_maySayItUntilThatCompletes(Mode mode) throws Exception {
        try (Application application = Application.in(mode, "nearfar.grace", "1h")) {
            NearfarCache<String, String> cache = application.cache();
            ended(cache);
            CompletableFuture<String> answer = new CompletableFuture<>();
            CompletableFuture<String> asked = cache.getOrLoadAsync(
                            "k", context -> answer.thenApply(any -> unchanged(context)))
                    .toCompletableFuture();
            answer.complete("304");
            assertThat(asked.get(30, TimeUnit.SECONDS)).isEqualTo("old");
            assertThat(cache.get("k")).isEqualTo("old");
            assertThat(cache.reloadAsync("k", context -> CompletableFuture.completedStage(unchanged(context)))
                            .toCompletableFuture()
                            .get(30, TimeUnit.SECONDS))
                    .isEqualTo("old");
            assertThat(calls).hasValue(2);
            cache.invalidateTag("t");
            assertThat(cache.containsKey("k")).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void reload_seesWhatIsThere_andStoresItAnew(Mode mode) throws Exception {
        try (Application application = Application.in(mode)) {
            NearfarCache<String, String> cache = application.cache(listened());
            assertThat(cache.reload("k", this::unchanged)).isEqualTo("new");
            assertThat(seen).hasValue(null);
            cache.put("k", "old", TAGGED);
            assertThat(cache.reload("k", this::unchanged)).isEqualTo("old");
            await().atMost(SOON).until(() -> listener.told.contains("UPDATED k old old"));
            cache.invalidateTag("t");
            assertThat(cache.containsKey("k")).isFalse();
        }
    }

    private MutableConfiguration<String, String> listened() {
        return new MutableConfiguration<String, String>()
                .addCacheEntryListenerConfiguration(listener.configured(true, true));
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void entryNearItsEnd_isPutOff_whereItsLoadSaysSo(Mode mode) {
        try (Application application =
                Application.in(mode, "nearfar.cache.cities.ttl", "20s", "nearfar.refresh-ahead", "99%")) {
            NearfarCache<String, String> cache = application.cache(listened());
            cache.put("k", "old", TAGGED);
            await().atMost(SOON).until(() -> {
                assertThat(cache.getOrLoad("k", this::unchanged)).isEqualTo("old");
                return listener.told.contains("UPDATED k old old");
            });
            cache.invalidateTag("t");
            assertThat(cache.containsKey("k")).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void whatIsInvalidatedWhileItsLoadRuns_isReturned_andNotStored(Mode mode) throws Exception {
        try (Application application = Application.in(mode, "nearfar.grace", "1h")) {
            NearfarCache<String, String> cache = application.cache();
            ended(cache);
            ContextLoad<String> overtaken = context -> {
                String result = unchanged(context);
                cache.invalidateTag("t");
                return result;
            };
            assertThat(cache.getOrLoad("k", overtaken)).isEqualTo("old");
            assertThat(cache.containsKey("k")).isFalse();
        }
    }

    @Test
    void options_thatTheLoadSets_takeThePlaceOfThoseOfBefore() throws Exception {
        try (Application application = Application.in(Mode.TIERED, "nearfar.grace", "1h")) {
            NearfarCache<String, String> cache = application.cache();
            ended(cache);
            ContextLoad<String> other = context -> {
                context.setOptions(EntryOptions.NONE.withTags("other"));
                return unchanged(context);
            };
            assertThat(cache.getOrLoad("k", other)).isEqualTo("old");
            cache.invalidateTag("t");
            assertThat(cache.get("k")).isEqualTo("old");
            cache.invalidateTag("other");
            assertThat(cache.containsKey("k")).isFalse();
        }
    }

    @Test
    void mistakes_areToldWithTheirCure() throws Exception {
        try (Application application = Application.in(Mode.TIERED, "nearfar.grace", "1h")) {
            NearfarCache<String, String> cache = application.cache();
            ContextLoad<String> rash = context -> {
                context.notModified();
                return "new";
            };
            assertThatThrownBy(() -> cache.getOrLoad("k", rash))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("there is none of before")
                    .hasMessageContaining("LoadContext.previous");
            assertThat(cache.containsKey("k")).isFalse();
            cache.put("k", "old");
            assertThatThrownBy(() -> cache.reload("k", context -> context.previous(Integer.class) + ""))
                    .isInstanceOf(ClassCastException.class)
                    .hasMessageContaining("java.lang.Integer");
            assertThat(cache.get("k")).isEqualTo("old");
        }
    }
}
