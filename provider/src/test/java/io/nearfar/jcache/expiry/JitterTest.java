package io.nearfar.jcache.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.entry.Lifetime;
import java.util.concurrent.TimeUnit;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JitterTest {
    private static final Duration SECOND = new Duration(TimeUnit.SECONDS, 1);

    @ParameterizedTest
    @CsvSource({
        "1000, 10, 0.0, 1000",
        "1000, 10, 0.5, 950",
        "1000, 10, 0.999, 901",
        "1000, 90, 0.999, 101",
        "1, 90, 0.999, 1",
        "3155760000000, 50, 0.5, 2366820000000",
        "0, 50, 0.5, 0", // no life
        "-1, 50, 0.5, -1", // without end
        "-2, 50, 0.5, -2", // as it is
    })
    void shorten_takesItsPart_andNothingFromConstants(long millis, int percent, double chance, long left) {
        assertThat(new Jitter(percent, () -> chance).shorten(millis)).isEqualTo(left);
    }

    @Test
    void rule_isShortenedAtEachWrite_andNotAtAccesses() {
        double[] chances = {0.5, 0.25, 0.125, 0};
        int[] asked = {0};
        Jitter jitter = new Jitter(40, () -> chances[asked[0]++]);
        Expiry expiry = jitter.in(Expiries.of("c", new TouchedExpiryPolicy(SECOND)));
        assertThat(expiry.fixed()).isEqualTo(new Lifetime(800, 900));
        assertThat(expiry.onCreation()).isEqualTo(950);
        assertThat(expiry.onUpdate()).isEqualTo(1000);
        assertThat(expiry.onAccess()).isEqualTo(1000);
        assertThat(expiry.mindsAccess()).isTrue();
    }

    @Test
    void policyThatIsAsked_isAskedAsBefore() {
        ExpiryPolicy asked = new ExpiryPolicy() {
            @Override
            public Duration getExpiryForCreation() {
                return SECOND;
            }

            @Override
            public Duration getExpiryForAccess() {
                return null;
            }

            @Override
            public Duration getExpiryForUpdate() {
                return null;
            }
        };
        Expiry expiry = new Jitter(40, () -> 0.5).in(Expiries.of("c", asked));
        assertThat(expiry.fixed()).isNull();
        assertThat(expiry.forWrite(false)).isEqualTo(new Lifetime(800, Lifetime.UNCHANGED));
        assertThat(expiry.forWrite(true)).isEqualTo(new Lifetime(Lifetime.NONE, Lifetime.UNCHANGED));
    }

    @Test
    void nodesWithAnotherJitter_areToldApart() {
        Expiry rule = Expiries.afterWrite(60_000);
        assertThat(Jitter.upTo(10).in(rule).describe())
                .isEqualTo("PT1M from creation, PT1M from update, less up to 10%");
        assertThat(Jitter.upTo(0).in(rule)).isSameAs(rule);
    }

    @Test
    void upTo_staysWithinItsPart() {
        Jitter jitter = Jitter.upTo(25);
        for (int i = 0; i < 1_000; i++) {
            assertThat(jitter.shorten(4_000)).isBetween(3_001L, 4_000L);
        }
    }
}
