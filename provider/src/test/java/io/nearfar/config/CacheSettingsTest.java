package io.nearfar.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.InvalidationPace;
import io.nearfar.Limit;
import io.nearfar.testing.FarSetups;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CacheSettingsTest {
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    @Test
    void cache_nothingSet_hasTheDefaultsOfTheReference() {
        assertThat(Reading.of("nearfar.address=redis://h").cache("c"))
                .isEqualTo(new CacheSettings(
                        "c",
                        Mode.TIERED,
                        FIVE_MINUTES,
                        1_000,
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
                        Duration.ofSeconds(10),
                        FarSetups.DIRTY,
                        new CompressionSettings(Compression.NONE, 1024),
                        0,
                        TimeToLiveRules.NONE,
                        LoadSettings.NONE,
                        KeyRule.NONE,
                        Namespaces.NONE,
                        ListenerScope.ALL,
                        InvalidationPace.DEFAULT));
    }

    @Test
    void cache_declaredInCode_keepsItsExpiryPolicyUnlessASettingNamesIt() {
        NearfarSettings settings = Reading.of("nearfar.template.default.ttl=1m", "nearfar.cache.cit*.ttl=2m")
                .read();

        assertThat(settings.cache("posts", true).timeToLive()).isNull();
        assertThat(settings.cache("posts", false).timeToLive()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.cache("cities", true).timeToLive()).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.cache("cities", false).timeToLive()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void cache_ttlNone_leavesTheExpiryPolicyAlone() {
        NearfarSettings settings = Reading.of("nearfar.cache.*.ttl=2m", "nearfar.cache.cities.ttl=none")
                .read();

        assertThat(settings.cache("cities", true).timeToLive()).isNull();
        assertThat(settings.cache("cities", false).timeToLive()).isNull();
        assertThat(settings.cache("posts", true).timeToLive()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void cache_severalPatterns_mostSpecificWinsForEachSetting() {
        NearfarSettings settings = Reading.of(
                        "nearfar.cache.cities.ttl=1m",
                        "nearfar.cache.cit*.ttl=2m",
                        "nearfar.cache.cit*.near.ttl=20s",
                        "nearfar.cache.*.near.ttl=30s",
                        "nearfar.cache.*.deadline=4s",
                        "nearfar.deadline=5s",
                        "nearfar.max-stale=6s")
                .read();

        assertThat(settings.cache("cities", true)).satisfies(cache -> {
            assertThat(cache.timeToLive()).isEqualTo(Duration.ofMinutes(1));
            assertThat(cache.nearTimeToLive()).isEqualTo(Duration.ofSeconds(20));
            assertThat(cache.deadline()).isEqualTo(Duration.ofSeconds(4));
            assertThat(cache.maxStale()).isEqualTo(Duration.ofSeconds(6));
        });
    }

    @Test
    void cache_specificKeyInPoorerSource_winsOverPatternInRicherOne() {
        assertThat(Reading.of("nearfar.cache.*.ttl=1m")
                        .variable("NEARFAR_CACHE_CITIES_TTL", "2m")
                        .cache("cities")
                        .timeToLive())
                .isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void cache_sameNameInTwoSources_firstSourceWins() {
        Reading reading =
                Reading.ofNothing().system("nearfar.cache.cities.ttl", "1m").variable("NEARFAR_CACHE_CITIES_TTL", "2m");
        assertThat(reading.cache("cities").timeToLive()).isEqualTo(Duration.ofMinutes(1));
        assertThat(reading.cache("Cities").timeToLive()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void cache_environmentNames_coverPatternsAndLongSettings() {
        NearfarSettings settings = Reading.ofNothing()
                .variable("NEARFAR_CACHE___TTL", "1m")
                .variable("NEARFAR_CACHE_USER_POSTS_NEAR_MAXIMUM_ENTRIES", "7")
                .variable("NEARFAR_TEMPLATE_DEFAULT_NEAR_TTL", "8s")
                .read();

        assertThat(settings.cache("anything", true).timeToLive()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.cache("user-posts", true).nearMaximumEntries()).isEqualTo(7);
        assertThat(settings.cache("user-posts", false).nearTimeToLive()).isEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void cache_nameWithDotsOrQuotationMarks_isRead() {
        NearfarSettings settings = Reading.of(
                        "nearfar.cache.com.acme.Cities.byName(String).ttl=1m",
                        "nearfar.cache.\"orders.near\".ttl=2m",
                        "nearfar.cache.orders.near.ttl=3s",
                        "nearfar.cache.weather:24h.ttl=4m")
                .read();

        assertThat(settings.cache("com.acme.Cities.byName(String)", true).timeToLive())
                .isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.cache("orders.near", true).timeToLive()).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.cache("orders", true).nearTimeToLive()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.cache("weather:24h", true).timeToLive()).isEqualTo(Duration.ofMinutes(4));
    }

    @Test
    void cache_template_givesWhatTheNameDoesNotSet() {
        NearfarSettings settings = Reading.of(
                        "nearfar.template.long.ttl=1d",
                        "nearfar.template.long.near.ttl=40s",
                        "nearfar.template.short.ttl=1m",
                        "nearfar.cache.*.template=short",
                        "nearfar.cache.*.near.ttl=50s",
                        "nearfar.cache.countries.template=long",
                        "nearfar.cache.regions.template=long",
                        "nearfar.cache.regions.ttl=2d")
                .read();

        assertThat(settings.cache("countries", true).timeToLive()).isEqualTo(Duration.ofDays(1));
        assertThat(settings.cache("countries", true).nearTimeToLive()).isEqualTo(Duration.ofSeconds(40));
        assertThat(settings.cache("regions", true).timeToLive()).isEqualTo(Duration.ofDays(2));
        assertThat(settings.cache("posts", false).timeToLive()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.cache("posts", false).nearTimeToLive()).isEqualTo(Duration.ofSeconds(50));
    }

    @Test
    void cache_templateWithoutTtl_leavesTheDefaultTemplateItsOwn() {
        NearfarSettings settings = Reading.of(
                        "nearfar.template.wide.near.maximum-entries=7",
                        "nearfar.cache.a.template=wide",
                        "nearfar.cache.b.template=default")
                .read();

        assertThat(settings.cache("a", false).timeToLive()).isEqualTo(FIVE_MINUTES);
        assertThat(settings.cache("a", true).timeToLive()).isNull();
        assertThat(settings.cache("b", true).timeToLive()).isEqualTo(FIVE_MINUTES);
    }

    @Test
    void cache_weightNearerThanEntries_takesTheirPlace() {
        NearfarSettings settings = Reading.of(
                        "nearfar.near.maximum-weight=64MB",
                        "nearfar.cache.counted.near.maximum-entries=7",
                        "nearfar.cache.weighed.near.maximum-weight=1MiB")
                .read();

        assertThat(settings.cache("any", true).nearMaximumWeight()).isEqualTo(64_000_000);
        assertThat(settings.cache("counted", true).nearMaximumWeight()).isNull();
        assertThat(settings.cache("counted", true).nearMaximumEntries()).isEqualTo(7);
        assertThat(settings.cache("weighed", true).nearMaximumWeight()).isEqualTo(1_048_576);
    }

    @Test
    void cache_rivalsInTwoSources_firstSourceWins() {
        Reading reading = Reading.of("nearfar.cache.c.near.maximum-entries=7")
                .system("nearfar.cache.c.near.maximum-weight", "64MB");
        assertThat(reading.cache("c").nearMaximumWeight()).isNull();
        assertThat(Reading.ofNothing()
                        .system("nearfar.cache.c.near.maximum-weight", "64MB")
                        .variable("NEARFAR_CACHE_C_NEAR_MAXIMUM_ENTRIES", "7")
                        .cache("c")
                        .nearMaximumWeight())
                .isEqualTo(64_000_000);
    }

    @Test
    void cache_allowedClasses_addUp() {
        assertThat(Reading.of(
                                "nearfar.codec.allow=com.acme.*, com.acme.Order",
                                "nearfar.cache.c.codec.allow=org.shop.Item,com.acme.*")
                        .cache("c")
                        .allow())
                .containsExactly("org.shop.Item", "com.acme.*", "com.acme.Order");
    }

    @Test
    void cache_whatKeepsLoadsRare_isReadFromItsOwnKeys() {
        NearfarSettings settings = Reading.of(
                        "nearfar.ttl.jitter=5%",
                        "nearfar.ttl.negative=30s",
                        "nearfar.refresh-ahead=15%",
                        "nearfar.cache.d.grace=10m",
                        "nearfar.cache.d.fail-safe.throttle=0",
                        "nearfar.cache.c.ttl.jitter=20 %",
                        "nearfar.cache.c.ttl.negative=none")
                .read();

        assertThat(settings.cache("c", true).loading()).isEqualTo(new LoadSettings(20, null, 15));
        assertThat(settings.cache("d", true).loading())
                .isEqualTo(new LoadSettings(
                        5,
                        Duration.ofSeconds(30),
                        15,
                        new FailSafeSettings(Duration.ofMinutes(10), Duration.ZERO),
                        null));
    }

    /** What is to answer after its end must be there then, whatever is kept for failures. */
    @Test
    void cache_thatAnswersWhileItLoads_keepsEntriesForSoLong() {
        NearfarSettings settings = Reading.of(
                        "nearfar.grace=10s",
                        "nearfar.cache.long.stale-while-revalidate=30s",
                        "nearfar.cache.short.stale-while-revalidate=5s")
                .read();

        assertThat(settings.cache("long", true).loading().failSafe().graceMillis())
                .isEqualTo(30_000);
        assertThat(settings.cache("short", true).loading().failSafe().graceMillis())
                .isEqualTo(10_000);
        assertThat(settings.cache("short", true).loading().failSafe().isTimed()).isTrue();
        assertThat(settings.cache("other", true).loading().failSafe().isTimed()).isFalse();
    }

    @Test
    void cache_limitOfItsLoads_isNamedAfterIt_alsoWhereAllHaveOne() {
        NearfarSettings settings = Reading.of(
                        "nearfar.load.limit=100",
                        "nearfar.cache.d.load.limit=5",
                        "nearfar.cache.d.load.limit.window=1h",
                        "nearfar.cache.e.load.limit=none")
                .read();

        assertThat(settings.cache("c", true).loading().limit())
                .isEqualTo(new Limit("cache.c.load", 100, Duration.ofMinutes(1)));
        assertThat(settings.cache("d", true).loading().limit())
                .isEqualTo(new Limit("cache.d.load", 5, Duration.ofHours(1)));
        assertThat(settings.cache("e", true).loading().limit()).isNull();
        assertThat(Reading.of().read().cache("c", true).loading().limit()).isNull();
    }

    @Test
    void cache_everySetting_isReadFromItsOwnKey() {
        assertThat(Reading.of(
                                "nearfar.address=redis://h",
                                "nearfar.cache.c.mode=tiered",
                                "nearfar.cache.c.ttl=61s",
                                "nearfar.cache.c.near.maximum-weight=1kB",
                                "nearfar.cache.c.near.ttl=2s",
                                "nearfar.cache.c.max-stale=0",
                                "nearfar.cache.c.outage.atomic=local",
                                "nearfar.cache.c.deadline=4s",
                                "nearfar.cache.c.value-limit=50MB",
                                "nearfar.cache.c.codec=kryo",
                                "nearfar.cache.c.codec.trust=declared",
                                "nearfar.cache.c.codec.allow=com.acme.*",
                                "nearfar.cache.c.compression=zstd",
                                "nearfar.cache.c.compression.threshold=2kB",
                                "nearfar.cache.c.load-lease=5s",
                                "nearfar.cache.d.outage=closed")
                        .cache("c"))
                .isEqualTo(new CacheSettings(
                        "c",
                        Mode.TIERED,
                        Duration.ofSeconds(61),
                        1_000,
                        1_000L,
                        Duration.ofSeconds(2),
                        Duration.ZERO,
                        OutagePolicy.OPEN,
                        AtomicOutage.LOCAL,
                        Duration.ofSeconds(4),
                        50_000_000,
                        "kryo",
                        TrustPolicy.DECLARED,
                        List.of("com.acme.*"),
                        Duration.ofSeconds(5),
                        FarSetups.DIRTY,
                        new CompressionSettings(Compression.ZSTD, 2000),
                        0,
                        TimeToLiveRules.NONE,
                        LoadSettings.NONE,
                        KeyRule.NONE,
                        Namespaces.NONE,
                        ListenerScope.ALL,
                        InvalidationPace.DEFAULT));
    }
}
