package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Extension;
import io.nearfar.entry.Lifetime;
import io.nearfar.far.FarEntries;
import io.nearfar.far.FarTier;
import io.nearfar.near.NearCommons;
import io.nearfar.near.NearLease;
import io.nearfar.near.NearTier;
import io.nearfar.observe.CacheSignals;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.TextFormat;
import io.nearfar.testing.TextKeys;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Extensions that the far tier refuses, for it does not have the entry any more. */
class ExtenderTest {
    private static final long LIFE = 300_000;

    private final NearLease lease = new NearLease(Duration.ofSeconds(1), 0);
    private final CacheSignals signals = new CacheSignals("c");

    @Test
    void extension_ofWhatIsGone_takesTheNearEntryWithIt_alsoWhileTheLeaseHasEnded() {
        try (RealRedis redis = RealRedis.start();
                FarTier tier = FarSetups.open(FarSetups.quiet(FarSetups.far(FarSetups.address(redis.host()), "e")))) {
            FarEntries<String, String> far = tier.store(FarSetups.cache("c"), new TextKeys(), new TextFormat());
            NearCommons commons = new NearCommons(List.of(lease), tier.clock(), () -> 0, partition -> {});
            NearTier<String, String> near =
                    new NearTier<>(FarSetups.cache("c"), commons, signals, key -> key, text -> text, key -> key);
            Change<String> put = Change.write(new TextFormat().keep("v"), Condition.ALWAYS, Lifetime.of(LIFE), false);
            Entry<String> entry = far.apply("k", put).now();
            near.complete(near.begin("k", "k", true, 0), entry);
            redis.flush();
            Extension longer = new Extension(entry.version(), entry.expires() + LIFE * 1_000, entry.expires());
            new Extender<>(far, near, signals).accept(Map.of("k", longer));
            lease.verified(0);
            assertThat(near.get("k")).isNull();
        }
    }
}
