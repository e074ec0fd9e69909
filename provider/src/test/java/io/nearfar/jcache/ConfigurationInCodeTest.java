package io.nearfar.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.CacheFigures;
import io.nearfar.EffectiveSettings;
import io.nearfar.EntryOptions;
import io.nearfar.NearfarCache;
import io.nearfar.NearfarConfiguration;
import io.nearfar.config.Mode;
import io.nearfar.testing.Application;
import java.time.Duration;
import java.util.Locale;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.EternalExpiryPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A configuration in code that sets more than JSR-107 knows, and what a cache then says of itself. */
@Timeout(120)
class ConfigurationInCodeTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private static NearfarConfiguration<String, String> code() {
        return new NearfarConfiguration<String, String>().setTypes(String.class, String.class);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void timeToLive_ofTheCode_takesThePoliciesPlace(Mode mode) {
        try (Application application = Application.in(mode)) {
            NearfarCache<String, String> cache = application.cache(code().setTimeToLive(Duration.ofMillis(50))
                    .setExpiryPolicyFactory(EternalExpiryPolicy.factoryOf()));
            cache.put("k", "v");
            await().atMost(SOON).until(() -> !cache.containsKey("k"));
            assertThat(cache.settings().timeToLive()).isEqualTo(Duration.ofMillis(50));
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void settingThatNamesTheCache_goesFirst(Mode mode) {
        try (Application application = Application.in(mode, "nearfar.cache.cit*.ttl", "50ms")) {
            NearfarCache<String, String> cache = application.cache(code().setTimeToLive(Duration.ofHours(1)));
            cache.put("k", "v");
            await().atMost(SOON).until(() -> !cache.containsKey("k"));
            assertThat(cache.settings().setting("ttl")).hasValueSatisfying(ttl -> {
                assertThat(ttl.value()).isEqualTo("50ms");
                assertThat(ttl.origin()).isEqualTo("nearfar.cache.cit*.ttl (properties of the manager)");
            });
        }
    }

    /** One cache of a manager on two tiers, in code without its near tier, and one near alone. */
    @Test
    void mode_ofTheCode_isThatOfTheCache() {
        try (Application application = Application.in(Mode.TIERED)) {
            NearfarCache<String, String> far = application.cache("far", code().setMode("far"));
            NearfarCache<String, String> near = application.cache("near", code().setMode("near"));
            far.put("k", "v");
            near.put("k", "v");
            assertThat(far.get("k")).isEqualTo("v");
            assertThat(near.get("k")).isEqualTo("v");
            assertThat(far.figures().farHits()).isEqualTo(1);
            assertThat(near.figures().nearHits()).isEqualTo(1);
            assertThat(far.settings().mode()).isEqualTo("far");
            assertThat(near.settings().mode()).isEqualTo("near");
        }
    }

    @Test
    void keysStrict_ofTheCode_holds() {
        try (Application application = Application.in(Mode.NEAR)) {
            NearfarCache<String, String> cache = application.cache(code().setKeysStrict("true"));
            assertThatThrownBy(() -> cache.put("a b", "v")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    @SuppressWarnings("unchecked") // JSR-107 gives no other way to ask for a configuration
    void configurationOfTheCache_isACopy_inAnyOfItsTypes(Mode mode) {
        try (Application application = Application.in(mode)) {
            NearfarConfiguration<String, String> given =
                    code().setNearMaximumEntries(7).setStatisticsEnabled(true);
            NearfarCache<String, String> cache = application.cache(given);
            NearfarConfiguration<String, String> as =
                    code().setNearMaximumEntries(7).setStatisticsEnabled(true);
            given.setNearMaximumEntries(8).setStatisticsEnabled(false);
            assertThat(shown(cache)).isEqualTo(as).isNotSameAs(shown(cache));
            assertThat((Object) cache.getConfiguration(Configuration.class)).isEqualTo(as);
            assertThat((Object) cache.getConfiguration(CompleteConfiguration.class))
                    .isEqualTo(as);
            assertThat((Object) cache.getConfiguration(MutableConfiguration.class))
                    .isEqualTo(as);
            shown(cache).setNearMaximumEntries(9);
            application.manager().enableStatistics("cities", false);
            assertThat(shown(cache)).isEqualTo(as.setStatisticsEnabled(false));
            assertThat(shown(cache.version(1)).settings()).isEqualTo(as.settings());
        }
    }

    @SuppressWarnings("unchecked") // JSR-107 gives no other way to ask for a configuration
    private static NearfarConfiguration<String, String> shown(Cache<String, String> cache) {
        return cache.getConfiguration(NearfarConfiguration.class);
    }

    @Test
    void configurationOfAPlainCache_isOneThatSetsNothingBeyond() {
        try (Application application = Application.in(Mode.NEAR)) {
            MutableConfiguration<String, String> plain = new MutableConfiguration<String, String>()
                    .setTypes(String.class, String.class)
                    .setManagementEnabled(true);
            NearfarCache<String, String> cache = application.cache(plain);
            assertThat(shown(cache).settings()).isEmpty();
            assertThat(shown(cache).equals(plain)).isTrue();
            assertThatThrownBy(() -> cache.getConfiguration(Other.class))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(Other.class.getName())
                    .hasMessageContaining(NearfarConfiguration.class.getName());
        }
    }

    private static final class Other extends MutableConfiguration<String, String> {}

    @Test
    void typesOfTheCode_areCheckedAsEver() {
        try (Application application = Application.in(Mode.NEAR)) {
            application.cache(code());
            assertThat(application.manager().getCache("cities", String.class, String.class))
                    .isNotNull();
            assertThatThrownBy(() -> application.manager().getCache("cities", String.class, Integer.class))
                    .isInstanceOf(ClassCastException.class);
        }
    }

    @Test
    void mistakeOfTheCode_isTold_andNoCacheIsThere() {
        try (Application application = Application.in(Mode.NEAR)) {
            NearfarConfiguration<String, String> wrong =
                    code().setTimeToLiveJitter(99).setMode("tiered");
            assertThatThrownBy(() -> application.manager().createCache("cities", wrong))
                    .isExactlyInstanceOf(CacheException.class)
                    .hasMessage("A setting is wrong. nearfar.cache.cities.ttl.jitter = 99%"
                            + " (NearfarConfiguration.setTimeToLiveJitter): not allowed. Write a whole percentage from 0%"
                            + " to 90%, such as 10%.");
            assertThat(application.manager().<String, String>getCache("cities")).isNull();
            assertThat(application
                            .cache(wrong.setTimeToLiveJitter(9))
                            .settings()
                            .mode())
                    .as("that of the manager")
                    .isEqualTo("near");
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void settingsAndFigures_sayHowFullTheNearTierIs_andHowOftenItAnswers(Mode mode) {
        try (Application application = Application.in(mode, "nearfar.near.maximum-entries", "50")) {
            NearfarCache<String, String> cache = application.cache();
            cache.put("k", "v");
            cache.get("k");
            cache.get("k");
            cache.get("k");
            cache.get("none");
            EffectiveSettings settings = cache.settings();
            CacheFigures figures = cache.figures();
            assertThat(settings.cache()).isEqualTo("cities");
            assertThat(settings.mode()).isEqualTo(mode.name().toLowerCase(Locale.ROOT));
            assertThat(settings.timeToLive()).as("the expiry policy decides").isNull();
            assertThat(settings.nearMaximumEntries()).isEqualTo(50);
            assertThat(figures.nearSize()).isBetween(mode == Mode.NEAR ? 1L : 0L, mode == Mode.FAR ? 0L : 1L);
            assertThat(figures.hitRate()).isEqualTo(0.75);
            assertThat(figures.evictions()).isZero();
            cache.put("l", "v", EntryOptions.NONE);
            assertThat(cache.settings()).isSameAs(settings);
            assertThat(cache.version(3).settings().version()).isEqualTo(3);
            assertThat(settings.setting("nothing")).isEmpty();
        }
    }
}
