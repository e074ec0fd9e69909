package io.nearfar.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.InvalidationDeclaration;
import org.junit.jupiter.api.Test;

/** Named invalidations that settings declare. What is wrong with them is among the {@link MistakesTest}. */
class InvalidationSettingsTest {
    private static final InvalidationDeclaration USER = InvalidationDeclaration.of("user", "id", "region")
            .withCaches("people", "feed-*")
            .withTags("user:{id}", "all")
            .withKeys("{id}")
            .withPrefixes("feed:{id}:")
            .withPatterns("*:{region}:{id}");

    private static Reading reading() {
        return Reading.of(
                "nearfar.invalidation.user.parameters=id, region",
                "nearfar.invalidation.user.caches=people ,feed-*",
                "nearfar.invalidation.user.tags=user:{id}, all",
                "nearfar.invalidation.user.keys={id}",
                "nearfar.invalidation.user.prefixes=feed:{id}:",
                "nearfar.invalidation.user.patterns=*:{region}:{id}");
    }

    @Test
    void read_declared_isWhatWasWritten() {
        assertThat(reading().read().invalidations()).containsExactly(USER);
    }

    @Test
    void read_nothingDeclared_isNone() {
        assertThat(Reading.ofNothing().read().invalidations()).isEmpty();
    }

    @Test
    void read_clear_needsNothingElse() {
        assertThat(Reading.of(
                                "nearfar.invalidation.all-prices.caches=prices",
                                "nearfar.invalidation.all-prices.clear=true")
                        .read()
                        .invalidations())
                .containsExactly(InvalidationDeclaration.of("all-prices")
                        .withCaches("prices")
                        .withClear());
    }

    /** Parts of one may come from several sources, and the first that has a part counts for it. */
    @Test
    void read_environment_addsToTheSameAndCountsAfterProperties() {
        assertThat(Reading.of(
                                "nearfar.invalidation.user-feed.tags=user:{id}",
                                "nearfar.invalidation.user-feed.parameters=id")
                        .variable("NEARFAR_INVALIDATION_USER_FEED_CACHES", "people")
                        .variable("NEARFAR_INVALIDATION_USER_FEED_TAGS", "other:{id}")
                        .read()
                        .invalidations())
                .containsExactly(InvalidationDeclaration.of("user-feed", "id")
                        .withCaches("people")
                        .withTags("user:{id}"));
    }

    @Test
    void read_environmentAlone_givesANameInSmallLetters() {
        assertThat(Reading.ofNothing()
                        .variable("NEARFAR_INVALIDATION_USER_FEED_CACHES", "people")
                        .variable("NEARFAR_INVALIDATION_USER_FEED_CLEAR", "true")
                        .read()
                        .invalidations())
                .containsExactly(InvalidationDeclaration.of("user-feed")
                        .withCaches("people")
                        .withClear());
    }

    @Test
    void read_profile_countsBeforeThePlainKey() {
        assertThat(Reading.of(
                                "nearfar.profile=dev",
                                "nearfar.invalidation.user.caches=people",
                                "nearfar.invalidation.user.clear=true",
                                "%dev.nearfar.invalidation.user.caches=strangers",
                                "%prod.nearfar.invalidation.other.caches=people")
                        .read()
                        .invalidations())
                .containsExactly(InvalidationDeclaration.of("user")
                        .withCaches("strangers")
                        .withClear());
    }

    @Test
    void read_severalDeclared_areInTheOrderOfTheirNames() {
        assertThat(Reading.of(
                                "nearfar.invalidation.b.caches=c",
                                "nearfar.invalidation.b.clear=true",
                                "nearfar.invalidation.a.caches=c",
                                "nearfar.invalidation.a.clear=true")
                        .read()
                        .invalidations())
                .extracting(InvalidationDeclaration::name)
                .containsExactly("a", "b");
    }
}
