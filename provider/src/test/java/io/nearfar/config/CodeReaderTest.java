package io.nearfar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nearfar.NearfarConfiguration;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.cache.CacheException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a configuration in code sets, beside what is set outside of it. */
class CodeReaderTest {
    private static final Map<Class<?>, Object> EXAMPLES = Map.of(
            Duration.class, Duration.ofSeconds(3), int.class, 7, long.class, 8L, boolean.class, true, Long.class, 9L);

    private static final Map<String, String> WORDS = Map.of(
            "mode",
            "near",
            "ttl.rules",
            "*:24h 5m",
            "template",
            "some",
            "codec.allow",
            "com.acme.*",
            "keys.strict",
            "[a-z]");

    static List<Setting<?>> settings() {
        return Registry.at(Place.CACHE);
    }

    /** A setting without a setter, or whose setter writes what is not read, is none of the configuration in code. */
    @ParameterizedTest
    @MethodSource("settings")
    void everySettingOfACache_hasASetter_thatWritesWhatIsRead(Setting<?> setting) throws Exception {
        NearfarConfiguration<Object, Object> configuration = new NearfarConfiguration<>();
        Method setter = setter(setting);
        setter.invoke(configuration, example(setting, setter.getParameterTypes()[0]));
        assertThat(configuration.settings()).containsOnlyKeys(setting.name());
        assertThat(setting.kind().parse(configuration.settings().get(setting.name())))
                .as("%s of %s", configuration.settings(), setter)
                .isNotNull();
    }

    private static Method setter(Setting<?> setting) {
        String name = CodeReader.setter(setting.name());
        List<Method> setters = Stream.of(NearfarConfiguration.class.getMethods())
                .filter(method -> method.getName().equals(name))
                .filter(method -> EXAMPLES.containsKey(method.getParameterTypes()[0])
                        || method.getParameterTypes()[0] == String.class
                        || method.getParameterTypes()[0] == String[].class)
                .toList();
        assertThat(setters)
                .as("NearfarConfiguration.%s of the setting %s", name, setting.name())
                .hasSize(1);
        return setters.get(0);
    }

    private static Object example(Setting<?> setting, Class<?> type) {
        Object example = EXAMPLES.get(type);
        String word = WORDS.getOrDefault(setting.name(), String.valueOf(setting.initial()));
        if (example == null) {
            return type == String.class ? word : new String[] {word};
        }
        return example;
    }

    private static CacheSettings inCode(Reading reading, String cache, NearfarConfiguration<?, ?> configuration) {
        return reading.read().configured(cache, configuration.settings()).settings();
    }

    private static NearfarConfiguration<Object, Object> code() {
        return new NearfarConfiguration<>();
    }

    @Test
    void code_goesBeforeTheManager_andAfterWhatNamesTheCache() {
        NearfarConfiguration<Object, Object> code = code().setTimeToLive(Duration.ofMinutes(3))
                .setMaxStale(Duration.ofSeconds(5))
                .setVersion(2)
                .setTimeToLiveJitter(30);
        CacheSettings settings = inCode(
                Reading.of(
                        "nearfar.max-stale=1m",
                        "nearfar.ttl.jitter=10%",
                        "nearfar.near.ttl=7s",
                        "nearfar.template.default.ttl=1h",
                        "nearfar.cache.cit*.ttl=9m",
                        "nearfar.cache.cities.template=long",
                        "nearfar.template.long.version=4"),
                "cities",
                code);
        assertThat(settings.timeToLive()).as("a pattern names the cache").isEqualTo(Duration.ofMinutes(9));
        assertThat(settings.version()).as("the template that its name takes").isEqualTo(4);
        assertThat(settings.maxStale()).as("the code").isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.loading().jitter()).as("the code").isEqualTo(30);
        assertThat(settings.nearTimeToLive()).as("the manager").isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void code_thatSetsNothing_isAConfigurationInCodeLikeAnother() {
        Reading reading = Reading.of("nearfar.template.default.ttl=1h");
        assertThat(inCode(reading, "cities", code())).isEqualTo(reading.read().cache("cities", true));
        assertThat(inCode(reading, "cities", code()).timeToLive()).isNull();
    }

    @Test
    void templateOfTheCode_givesWhatTheCodeDoesNotSet() {
        CacheSettings settings = inCode(
                Reading.of("nearfar.template.long.ttl=1d", "nearfar.template.long.near.ttl=9s", "nearfar.near.ttl=7s"),
                "cities",
                code().setTemplate("long").setTimeToLive(Duration.ofMinutes(3)));
        assertThat(settings.timeToLive()).isEqualTo(Duration.ofMinutes(3));
        assertThat(settings.nearTimeToLive()).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void sizeOfTheCode_takesTheOtherSizesPlace_whereItCountsMore() {
        assertThat(inCode(Reading.of("nearfar.near.maximum-entries=5"), "cities", code().setNearMaximumWeight(4_096))
                        .nearMaximumWeight())
                .isEqualTo(4_096);
        assertThat(inCode(
                                Reading.of("nearfar.cache.cities.near.maximum-entries=5"),
                                "cities",
                                code().setNearMaximumWeight(4_096))
                        .nearMaximumWeight())
                .isNull();
    }

    @Test
    void modeOfTheManager_near_holdsWhateverTheCodeSays() {
        assertThat(inCode(Reading.of("nearfar.mode=near"), "cities", code().setMode("far"))
                        .mode())
                .isEqualTo(Mode.NEAR);
        assertThat(inCode(Reading.of("nearfar.address=redis://h"), "cities", code().setMode("far"))
                        .mode())
                .isEqualTo(Mode.FAR);
    }

    @Test
    void allMistakesOfTheCode_areToldAtOnce_eachWithItsSetter() {
        NearfarSettings settings = Reading.ofNothing().read();
        Map<String, String> wrong = Map.of("ttl.jitter", "99%", "version", "-1", "colour", "red");
        assertThatThrownBy(() -> settings.configured("cities", wrong))
                .isExactlyInstanceOf(CacheException.class)
                .hasMessageStartingWith("3 settings are wrong.")
                .hasMessageContaining(
                        "nearfar.cache.cities.ttl.jitter = 99% (NearfarConfiguration.setTimeToLiveJitter)")
                .hasMessageContaining("nearfar.cache.cities.version = -1 (NearfarConfiguration.setVersion)")
                .hasMessageContaining(
                        "nearfar.cache.cities.colour = red (NearfarConfiguration.setColour): no such setting");
    }

    @Test
    void shown_isEachSettingWithItsOrigin() {
        Map<String, String> code = code().setTimeToLive(Duration.ofMinutes(3))
                .setNearMaximumWeight(4_096)
                .setCodecAllow("com.acme.*")
                .setMode("tiered")
                .settings();
        Map<String, String> shown = shown(Reading.of(
                        "nearfar.address=redis://h",
                        "nearfar.deadline=1s",
                        "nearfar.codec.allow=org.acme.Order",
                        "nearfar.cache.cities.max-stale=0")
                .read()
                .configured("cities", code));
        assertThat(shown)
                .hasSameSizeAs(CacheTable.ALL)
                .containsEntry("mode", "tiered, nearfar.cache.cities.mode (NearfarConfiguration.setMode)")
                .containsEntry("ttl", "3m, nearfar.cache.cities.ttl (NearfarConfiguration.setTimeToLive)")
                .containsEntry("ttl.rules", "none, default")
                .containsEntry(
                        "near.maximum-entries",
                        "none, nearfar.cache.cities.near.maximum-weight"
                                + " (NearfarConfiguration.setNearMaximumWeight)")
                .containsEntry(
                        "near.maximum-weight",
                        "4096, nearfar.cache.cities.near.maximum-weight"
                                + " (NearfarConfiguration.setNearMaximumWeight)")
                .containsEntry(
                        "codec.allow",
                        "com.acme.*, org.acme.Order, nearfar.cache.cities.codec.allow"
                                + " (NearfarConfiguration.setCodecAllow), nearfar.codec.allow (properties of the manager)")
                .containsEntry("deadline", "1s, nearfar.deadline (properties of the manager)")
                .containsEntry("max-stale", "0, nearfar.cache.cities.max-stale (properties of the manager)")
                .containsEntry("outage", "open, default");
    }

    @Test
    void shown_ofWhatAnotherSettingReplaces_namesThat() {
        Map<String, String> shown = shown(Reading.of(
                        "nearfar.mode=near",
                        "nearfar.template.prices.ttl.rules=*:24h 5m",
                        "nearfar.cache.cities.template=prices",
                        "nearfar.cache.cities.mode=far",
                        "nearfar.cache.cities.ttl=none")
                .read()
                .configured("cities", true));
        assertThat(shown)
                .containsEntry("mode", "near, nearfar.mode (properties of the manager)")
                .containsEntry("ttl", "none, nearfar.cache.cities.ttl (properties of the manager)")
                .containsEntry("ttl.rules", "none, nearfar.cache.cities.ttl (properties of the manager)")
                .containsEntry("near.maximum-weight", "none, default")
                .containsEntry("near.maximum-entries", "1000, default");
    }

    @Test
    void shown_ofAnotherVersion_saysSo() {
        ConfiguredCache cache =
                Reading.of("nearfar.cache.cities.version=2").read().configured("cities", false);
        assertThat(shown(cache))
                .containsEntry("version", "2, nearfar.cache.cities.version (properties of the manager)")
                .containsEntry("ttl", "5m, default");
        assertThat(cache.in(5).settings().version()).isEqualTo(5);
        assertThat(cache.in(5).shown().version()).isEqualTo(5);
        assertThat(shown(cache.in(5))).containsEntry("version", "5, NearfarCache.version");
    }

    private static Map<String, String> shown(ConfiguredCache cache) {
        return cache.shown().all().stream()
                .collect(Collectors.toMap(
                        setting -> setting.name(), setting -> setting.value() + ", " + setting.origin()));
    }
}
