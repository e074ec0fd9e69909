package io.nearfar.entry;

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
import io.nearfar.testing.FarSetups;
import java.time.Duration;
import java.util.List;

/** Settings of a cache named cities, as the defaults have them but for what a test is about. */
public final class TestSettings {
    private TestSettings() {}

    public static CacheSettings trusting(TrustPolicy trust, String... allow) {
        return settings(trust, List.of(allow), 8_000_000, "java", CompressionSettings.NONE);
    }

    public static CacheSettings limitedTo(long valueLimit) {
        return settings(TrustPolicy.LEARNED, List.of(), valueLimit, "java", CompressionSettings.NONE);
    }

    public static CacheSettings withCodec(String codec) {
        return settings(TrustPolicy.LEARNED, List.of(), 8_000_000, codec, CompressionSettings.NONE);
    }

    public static CacheSettings compressing(CompressionSettings compression) {
        return settings(TrustPolicy.LEARNED, List.of(), 8_000_000, "java", compression);
    }

    private static CacheSettings settings(
            TrustPolicy trust, List<String> allow, long valueLimit, String codec, CompressionSettings compression) {
        return new CacheSettings(
                "cities",
                Mode.TIERED,
                null,
                1000,
                null,
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                OutagePolicy.OPEN,
                AtomicOutage.REFUSE,
                Duration.ofMillis(250),
                valueLimit,
                codec,
                trust,
                allow,
                Duration.ofSeconds(5),
                FarSetups.DIRTY,
                compression,
                0,
                TimeToLiveRules.NONE,
                LoadSettings.NONE,
                KeyRule.NONE,
                Namespaces.NONE,
                ListenerScope.ALL,
                InvalidationPace.DEFAULT);
    }
}
