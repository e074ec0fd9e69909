package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.nearfar.EntryExplanation.FarState;
import io.nearfar.EntryOptions;
import io.nearfar.NearfarCache;
import io.nearfar.Tier;
import io.nearfar.config.Mode;
import io.nearfar.testing.Application;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever way a value is read by: one of a type that is not allowed here is not made, and reads as nothing. */
@Timeout(120)
class TrustedMethodsTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private static final String WRITER = "writer";

    /** Notes that it was made of bytes, for which nothing has to be called; who puts one copies it so. */
    static final class Trap implements Serializable {
        private static final long serialVersionUID = 1L;
        private static volatile boolean sprung;

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            sprung |= !Thread.currentThread().getName().equals(WRITER);
        }
    }

    /** Reads what lies under {@code k} and {@code l}; returns what came of it. */
    @FunctionalInterface
    private interface Read {
        @Nullable
        Object by(NearfarCache<String, Object> cache) throws Exception;
    }

    /** Every way by which callers read values, with what it answers where there is none. */
    enum Way {
        GET(null, cache -> cache.get("k")),
        GET_ALL(Map.of(), cache -> cache.getAll(Set.of("k", "l"))),
        GET_OR_DEFAULT("none", cache -> cache.getOrDefault("k", "none")),
        GET_OR_LOAD("loaded", cache -> cache.getOrLoad("k", () -> "loaded")),
        GET_OR_LOAD_BESIDE(
                "without one of before",
                cache -> cache.getOrLoad(
                        "k", context -> context.previous(Object.class) == null ? "without one of before" : "with one")),
        GET_OR_LOAD_LATER("loaded", cache -> joined(cache.getOrLoadAsync("k", () -> stage("loaded")))),
        RELOAD(
                "without one of before",
                cache -> cache.reload(
                        "k", context -> context.previous(Object.class) == null ? "without one of before" : "with one")),
        CONTAINS_KEY(false, cache -> cache.containsKey("k")),
        ITERATOR(List.of(), cache -> {
            List<Object> values = new ArrayList<>();
            for (Cache.Entry<String, Object> entry : cache) {
                values.add(entry.getValue());
            }
            return values;
        }),
        INVOKE(null, cache -> cache.invoke("k", (entry, arguments) -> entry.getValue())),
        INVOKE_EXISTS(false, cache -> cache.invoke("k", (entry, arguments) -> entry.exists())),
        INVOKE_ALL(
                List.of("nothing", "nothing"),
                cache -> cache
                        .invokeAll(
                                Set.of("k", "l"),
                                (entry, arguments) -> entry.getValue() == null ? "nothing" : "something")
                        .values()
                        .stream()
                        .map(result -> (Object) result.get())
                        .toList()),
        GET_AND_PUT(null, cache -> cache.getAndPut("k", "new")),
        GET_AND_REMOVE(null, cache -> cache.getAndRemove("k")),
        GET_AND_REPLACE(null, cache -> cache.getAndReplace("k", "new")),
        REPLACE(false, cache -> cache.replace("k", "old", "new")),
        REMOVE(false, cache -> cache.remove("k", "old")),
        PUT_IF_ABSENT(true, cache -> cache.putIfAbsent("k", "new")),
        EXPLAIN(FarState.UNREADABLE, cache -> cache.explain("k").far().state()),
        VERSION(null, cache -> cache.version(0).get("k")),
        ASYNC_GET(null, cache -> joined(cache.async().get("k"))),
        ASYNC_GET_ALL(Map.of(), cache -> joined(cache.async().getAll(Set.of("k", "l")))),
        ASYNC_GET_OR_DEFAULT("none", cache -> joined(cache.async().getOrDefault("k", "none"))),
        ASYNC_GET_OR_LOAD("loaded", cache -> joined(cache.async().getOrLoad("k", () -> stage("loaded")))),
        ASYNC_CONTAINS_KEY(false, cache -> joined(cache.async().containsKey("k"))),
        ASYNC_INVOKE(null, cache -> joined(cache.async().invoke("k", (entry, arguments) -> entry.getValue()))),
        ASYNC_GET_AND_PUT(null, cache -> joined(cache.async().getAndPut("k", "new"))),
        ASYNC_GET_AND_REMOVE(null, cache -> joined(cache.async().getAndRemove("k"))),
        ASYNC_GET_AND_REPLACE(null, cache -> joined(cache.async().getAndReplace("k", "new"))),
        ASYNC_REPLACE(false, cache -> joined(cache.async().replace("k", "old", "new"))),
        ASYNC_REMOVE(false, cache -> joined(cache.async().remove("k", "old")));

        private final @Nullable Object answer;
        private final Read read;

        Way(@Nullable Object answer, Read read) {
            this.answer = answer;
            this.read = read;
        }
    }

    private static CompletionStage<Object> stage(Object value) {
        return CompletableFuture.completedStage(value);
    }

    private static <T> T joined(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }

    private static Application trustingAll(Mode mode, String... further) {
        List<String> settings = new ArrayList<>(List.of("nearfar.codec.trust", "all"));
        settings.addAll(List.of(further));
        return Application.in(mode, settings.toArray(String[]::new));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEAR")
    void valueOfATypeThatIsNotAllowed_isNotMade_andReadsAsNothing(Mode mode) throws Exception {
        try (Application one = trustingAll(mode);
                Application two = one.another("nearfar.codec.trust", "declared")) {
            NearfarCache<String, Object> writer = one.cache();
            NearfarCache<String, Object> reader = two.cache();
            for (Way way : Way.values()) {
                writer.put("k", new Trap());
                writer.put("l", new Trap());
                awaitNothingNear(reader);
                Trap.sprung = false;
                assertThat(way.read.by(reader)).as("%s", way).isEqualTo(way.answer);
                assertThat(Trap.sprung).as("made by %s", way).isFalse();
            }
            assertThat(reader.figures().rejected()).isPositive();
        }
    }

    /** What the way before has left near is ended by a message. */
    private static void awaitNothingNear(NearfarCache<String, Object> cache) {
        await().atMost(SOON)
                .until(() -> cache.explain("k").answers() != Tier.NEAR
                        && cache.explain("l").answers() != Tier.NEAR);
    }

    /** The same ways make it where its type is allowed: the test would see it. One looks at no value. */
    @Test
    void valueOfAnAllowedType_isMadeByTheSameWays() throws Exception {
        try (Application one = trustingAll(Mode.FAR);
                Application two =
                        one.another("nearfar.codec.trust", "declared", "nearfar.codec.allow", Trap.class.getName())) {
            NearfarCache<String, Object> writer = one.cache();
            NearfarCache<String, Object> reader = two.cache();
            for (Way way : EnumSet.complementOf(EnumSet.of(Way.PUT_IF_ABSENT))) {
                writer.put("k", new Trap());
                writer.put("l", new Trap());
                Trap.sprung = false;
                Object answer = way.read.by(reader);
                assertThat(Trap.sprung)
                        .as("made by %s, which answers %s", way, answer)
                        .isTrue();
            }
        }
    }

    private static String failing(NearfarCache<String, Object> cache) {
        Throwable thrown = catchThrowable(() -> cache.getOrLoad("k", () -> {
            throw new IllegalStateException("in vain");
        }));
        return thrown == null ? "answered" : thrown.getMessage();
    }

    /** What is kept for loads that fail, or answers while one runs, is read like all else. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEAR")
    void whatIsKept_ofATypeThatIsNotAllowed_standsInForNothing(Mode mode) throws Exception {
        try (Application one = trustingAll(mode, "nearfar.grace", "1h", "nearfar.stale-while-revalidate", "1h");
                Application two = one.another("nearfar.codec.trust", "declared")) {
            NearfarCache<String, Object> writer = one.cache();
            NearfarCache<String, Object> reader = two.cache();
            writer.put("k", new Trap(), EntryOptions.NONE.withTimeToLive(Duration.ofMillis(1)));
            await().atMost(SOON).until(() -> writer.get("k") == null);
            Trap.sprung = false;
            assertThat(failing(reader)).isEqualTo("in vain");
            assertThat(reader.getOrLoad("k", context -> context.previous(Object.class) == null ? "alone" : "beside"))
                    .isEqualTo("alone");
            assertThat(Trap.sprung).isFalse();
        }
    }

    /** Writes down events with what they show of values. */
    private static final class Ear
            implements CacheEntryCreatedListener<String, Object>,
                    CacheEntryUpdatedListener<String, Object>,
                    CacheEntryRemovedListener<String, Object>,
                    CacheEntryExpiredListener<String, Object> {
        private final List<String> heard = new CopyOnWriteArrayList<>();

        private void hear(Iterable<CacheEntryEvent<? extends String, ? extends Object>> events) {
            events.forEach(event -> heard.add(event.getEventType() + " " + event.getKey() + " "
                    + shown(event.getOldValue()) + " " + shown(event.getValue())));
        }

        private static String shown(@Nullable Object value) {
            return value instanceof Trap ? "trap" : String.valueOf(value);
        }

        @Override
        public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends Object>> events) {
            hear(events);
        }

        @Override
        public void onUpdated(Iterable<CacheEntryEvent<? extends String, ? extends Object>> events) {
            hear(events);
        }

        @Override
        public void onRemoved(Iterable<CacheEntryEvent<? extends String, ? extends Object>> events) {
            hear(events);
        }

        @Override
        public void onExpired(Iterable<CacheEntryEvent<? extends String, ? extends Object>> events) {
            hear(events);
        }
    }

    private static void inItsThread(Runnable writes) {
        CompletableFuture.runAsync(writes, work -> new Thread(work, WRITER).start())
                .join();
    }

    private static List<String> heardOfTraps(String... settingsOfTheListener) {
        try (Application one = trustingAll(Mode.TIERED);
                Application two = one.another(settingsOfTheListener)) {
            NearfarCache<String, Object> writer = one.cache();
            NearfarCache<String, Object> reader = two.cache(new MutableConfiguration<String, Object>());
            Ear ear = new Ear();
            reader.registerCacheEntryListener(new MutableCacheEntryListenerConfiguration<>(
                    new FactoryBuilder.SingletonFactory<>(ear), null, true, true));
            await().atMost(SOON).until(() -> {
                writer.put("probe", "probed");
                return ear.heard.stream().anyMatch(told -> told.contains("probe"));
            });
            Trap.sprung = false;
            inItsThread(() -> {
                writer.put("k", new Trap()); // a value
                writer.put("k", "text"); // an old value
                writer.put("k", new Trap()); // a value again
                writer.remove("k"); // an old value that goes
                writer.put("l", new Trap());
            });
            reader.put("l", "text"); // an old value that this node's own write meets
            inItsThread(() -> writer.put("l", new Trap()));
            reader.remove("l"); // likewise
            inItsThread(() -> writer.put("fence", "fenced"));
            await().atMost(SOON).until(() -> ear.heard.stream().anyMatch(told -> told.contains("fence")));
            return ear.heard.stream()
                    .filter(told -> told.contains(" k ") || told.contains(" l "))
                    .toList();
        }
    }

    @Test
    void listeners_hearNoValueAndNoOldValueOfATypeThatIsNotAllowed() {
        List<String> heard = heardOfTraps("nearfar.codec.trust", "declared");
        assertThat(Trap.sprung).isFalse();
        assertThat(heard).isNotEmpty().noneMatch(told -> told.contains("trap"));
        assertThat(heard).contains("UPDATED k null text");
    }

    @Test
    void listeners_hearThemWhereTheTypeIsAllowed() {
        List<String> heard =
                heardOfTraps("nearfar.codec.trust", "declared", "nearfar.codec.allow", Trap.class.getName());
        assertThat(Trap.sprung).isTrue();
        assertThat(heard).contains("CREATED k null trap", "UPDATED k trap text", "REMOVED k trap trap");
    }
}
