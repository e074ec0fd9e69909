package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.entry.Entry;
import io.nearfar.entry.Version;
import io.nearfar.invalidation.Invalidation;
import io.nearfar.invalidation.Invalidation.Kind;
import io.nearfar.near.NearTier;
import io.nearfar.testing.TextFormat;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages of patterns, on their way to the near tiers. */
class PatternMessagesTest {
    private final InvalidationRouter router = new InvalidationRouter(1, Duration.ofSeconds(1), () -> {});
    private final NearTier<String, String> near =
            StillNearTier.under(router.leases().get(0));

    @BeforeEach
    void fill() {
        router.add("cities", near);
        router.leases().get(0).verified(0);
        Entry<String> entry = Entry.of(new TextFormat().keep("v"), new Version(5, 5), 5, Entry.NEVER);
        near.complete(near.begin("k", "k", true, 0), entry);
        assertThat(near.get("k")).isNotNull();
    }

    private void message(String cache, String... patterns) {
        Version version = new Version(10, 10);
        router.apply(new Invalidation(0, new Version(9, 9), version, Kind.PATTERN, cache, List.of(patterns)));
    }

    @Test
    void message_endsWhatOneOfItsPatternsMatches_inItsCache() {
        message("cities", "l*", "m*");
        message("rivers", "*");
        assertThat(near.get("k")).isNotNull();
        message("cities", "l*", "k*");
        assertThat(near.get("k")).isNull();
    }

    /** A later release may know more of patterns. */
    @Test
    void message_thatMeansNothingHere_endsEverythingOfItsPartition() {
        message("cities", "l[");
        assertThat(near.get("k")).isNull();
    }
}
