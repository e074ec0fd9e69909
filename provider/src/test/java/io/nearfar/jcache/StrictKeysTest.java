package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nearfar.EntryOptions;
import io.nearfar.NearfarCache;
import io.nearfar.ReadableKey;
import io.nearfar.config.Mode;
import io.nearfar.testing.Application;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.cache.configuration.MutableConfiguration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A rule for the keys of a cache: what breaks it is refused, by whatever operation. */
@Timeout(120)
class StrictKeysTest {
    private static final String STRICT = "nearfar.cache.cities.keys.strict";
    private static final String RULE = "Cache cities takes keys whose text has 1 to 256 characters of ";
    private static final String CURE = "; use another key, or change nearfar.cache.cities.keys.strict";

    private static Map<String, ThrowingCallable> operations(NearfarCache<String, String> cache, String key) {
        Map<String, ThrowingCallable> all = new LinkedHashMap<>();
        all.put("get", () -> cache.get(key));
        all.put("getAll", () -> cache.getAll(Set.of("fine", key)));
        all.put("containsKey", () -> cache.containsKey(key));
        all.put("getOrDefault", () -> cache.getOrDefault(key, "v"));
        all.put("put", () -> cache.put(key, "v"));
        all.put("put with options", () -> cache.put(key, "v", EntryOptions.NONE.withTags("t")));
        all.put("putAll", () -> cache.putAll(Map.of("fine", "v", key, "v")));
        all.put("getAndPut", () -> cache.getAndPut(key, "v"));
        all.put("putIfAbsent", () -> cache.putIfAbsent(key, "v"));
        all.put("replace", () -> cache.replace(key, "v"));
        all.put("replace of a value", () -> cache.replace(key, "v", "w"));
        all.put("getAndReplace", () -> cache.getAndReplace(key, "v"));
        all.put("remove", () -> cache.remove(key));
        all.put("remove of a value", () -> cache.remove(key, "v"));
        all.put("getAndRemove", () -> cache.getAndRemove(key));
        all.put("removeAll", () -> cache.removeAll(Set.of("fine", key)));
        all.put("loadAll", () -> cache.loadAll(Set.of("fine", key), true, null));
        all.put("invoke", () -> cache.invoke(key, (entry, arguments) -> null));
        all.put("invokeAll", () -> cache.invokeAll(Set.of("fine", key), (entry, arguments) -> null));
        all.put("getOrLoad", () -> cache.getOrLoad(key, () -> "v"));
        all.put("reload", () -> cache.reload(key, () -> "v"));
        all.put("getOrLoadAsync", () -> cache.getOrLoadAsync(key, () -> CompletableFuture.completedStage("v")));
        all.put("reloadAsync", () -> cache.reloadAsync(key, () -> CompletableFuture.completedStage("v")));
        return all;
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void everyOperation_refusesAKeyThatBreaksTheRule_andDoesNothing(Mode mode) {
        try (Application application = Application.in(mode, STRICT, "[a-z0-9:]")) {
            NearfarCache<String, String> cache = application.cache();
            cache.put("fine", "as it was");
            Stream.of(cache, cache.version(1))
                    .forEach(each -> operations(each, "not fine")
                            .forEach((name, operation) -> assertThatThrownBy(operation)
                                    .as(name)
                                    .isExactlyInstanceOf(IllegalArgumentException.class)
                                    .hasMessage(RULE + "[a-z0-9:], and the key 'not fine' has U+0020 ( ) at index 3"
                                            + CURE)));
            assertThat(cache.get("fine")).isEqualTo("as it was");
            assertThat(cache).hasSize(1);
        }
    }

    /** Keys, each with what is said of it; odd characters are better not in the names of tests. */
    private static List<Map.Entry<Object, String>> refused() {
        return List.of(
                Map.entry("", "the key '' has 0"),
                Map.entry("k".repeat(257), "the key '" + "k".repeat(60) + "…' has 257"),
                Map.entry("a\nb", "the key 'a\\u000ab' has U+000A at index 1"),
                Map.entry("\u202Ea", "the key '\\u202ea' has U+202E at index 0"),
                Map.entry("\uD83D", "the key '\\ud83d' has U+D83D at index 0"),
                Map.entry("né", "the key 'né' has U+00E9 (é) at index 1"),
                Map.entry(List.of("a", "b c"), "the key 'a:b c' has U+0020 ( ) at index 3"),
                Map.entry(
                        new Opaque(1),
                        "a key of " + Opaque.class.getName()
                                + " has no text that shows it in full: give a text, a standard"
                                + " value, or a ReadableKey that is made of these and no longer than 200 characters"));
    }

    private record Opaque(int number) implements Serializable {}

    private record Parts(int number, String word) implements ReadableKey, Serializable {
        @Override
        public List<Object> keyParts() {
            return List.of(number, word);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusal_saysWhatIsWrong_andShowsTheKeyOnOneShortLine(boolean byValue) {
        try (Application application = Application.in(Mode.NEAR, STRICT, "true")) {
            NearfarCache<Object, Object> cache =
                    application.cache(new MutableConfiguration<>().setStoreByValue(byValue));
            refused()
                    .forEach(refused -> assertThatThrownBy(() -> cache.put(refused.getKey(), "v"))
                            .isExactlyInstanceOf(IllegalArgumentException.class)
                            .hasMessage(RULE + "[!-~], and " + refused.getValue() + CURE));
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void keysThatKeepTheRule_areTakenByWhatAPersonReads(Mode mode) {
        List<Object> keys = List.of("a", "k".repeat(256), 42, List.of("a", 24), new Parts(7, "x"));
        try (Application application = Application.in(mode, STRICT, "[a-z0-9:]")) {
            NearfarCache<Object, Object> cache = application.cache();
            keys.forEach(key -> cache.put(key, "v"));
            keys.forEach(key -> assertThat(cache.get(key)).isEqualTo("v"));
            assertThat(cache).hasSize(keys.size());
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void withoutTheRule_anyKeyIsTaken(Mode mode) {
        try (Application application = Application.in(mode)) {
            NearfarCache<Object, Object> cache = application.cache();
            cache.put("not fine", "v");
            cache.put("", "v");
            cache.put(new Opaque(1), "v");
            assertThat(cache.get("not fine")).isEqualTo("v");
            assertThat(cache).hasSize(3);
        }
    }
}
