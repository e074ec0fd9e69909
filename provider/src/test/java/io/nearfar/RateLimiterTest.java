package io.nearfar;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What an implementation of somebody else's need not have. */
class RateLimiterTest {
    /** Admits all, as one for tests of an application may. */
    private static final class Open implements RateLimiter {
        @Override
        public Decision decide(Collection<Quota> quotas, long cost) {
            return new Decision(true, Decision.Basis.OFF, List.of(), Duration.ZERO);
        }

        @Override
        public CompletionStage<Decision> decideAsync(Collection<Quota> quotas, long cost) {
            return CompletableFuture.completedStage(decide(quotas, cost));
        }

        @Override
        public Decision peek(Collection<Quota> quotas, long cost) {
            return decide(quotas, cost);
        }

        @Override
        public QuotaUse info(Quota quota) {
            return new QuotaUse(quota, 0, Instant.EPOCH, Instant.EPOCH, Duration.ZERO);
        }

        @Override
        public void reset(Quota quota) {
            // nothing is counted
        }
    }

    @Test
    void bypassed_needsNoImplementation() {
        Limit limit = new Limit("searches", 5, Duration.ofMinutes(1));
        assertThatCode(() -> new Open().bypassed(limit, Bypass.SHADOW)).doesNotThrowAnyException();
    }
}
