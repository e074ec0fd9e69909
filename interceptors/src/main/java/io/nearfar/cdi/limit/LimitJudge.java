package io.nearfar.cdi.limit;

import io.nearfar.Decision;
import io.nearfar.RateLimiter;
import io.nearfar.cdi.limit.LimitQuestion.Asked;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the rate limiter about calls, counts what becomes of them, and asks about shadows apart. */
final class LimitJudge {
    private static final Logger LOG = LoggerFactory.getLogger(LimitJudge.class);
    private static final LimitRuling UNASKED = new LimitRuling(null, null);

    private final RateLimiter limiter;

    LimitJudge(RateLimiter limiter) {
        this.limiter = limiter;
    }

    /** Decides about a call; all limits that can refuse it are one decision. */
    LimitRuling decide(LimitQuestion question) {
        return question.enforced().isEmpty()
                ? unasked(question)
                : ruling(question, limiter.decide(LimitQuestion.quotas(question.enforced()), 1));
    }

    /** Likewise, and never waits in the calling thread. */
    CompletionStage<LimitRuling> decideAsync(LimitQuestion question) {
        return question.enforced().isEmpty()
                ? CompletableFuture.completedStage(unasked(question))
                : limiter.decideAsync(LimitQuestion.quotas(question.enforced()), 1)
                        .thenApply(decision -> ruling(question, decision));
    }

    private LimitRuling unasked(LimitQuestion question) {
        askShadows(question.shadows());
        return UNASKED;
    }

    private LimitRuling ruling(LimitQuestion question, Decision decision) {
        question.listener().accept(decision);
        if (decision.admitted()) {
            question.enforced().forEach(asked -> asked.limit().counts().admitted());
            askShadows(question.shadows());
            return new LimitRuling(decision, null);
        }
        List<Asked> refusing = LimitQuestion.refusing(question.enforced(), decision);
        refusing.forEach(asked -> asked.limit().counts().refused());
        return new LimitRuling(decision, fallback(refusing));
    }

    private static @Nullable Method fallback(List<Asked> refusing) {
        return refusing.stream()
                .map(asked -> asked.limit().fallback())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Nobody waits for the answer, and no failure reaches the caller. */
    private void askShadows(List<Asked> shadows) {
        if (shadows.isEmpty()) {
            return;
        }
        try {
            limiter.decideAsync(LimitQuestion.quotas(shadows), 1).whenComplete((decision, failure) -> {
                if (decision != null) {
                    count(shadows, decision);
                }
            });
        } catch (RuntimeException e) {
            LOG.debug("Limits in shadow mode could not be asked", e);
        }
    }

    private static void count(List<Asked> shadows, Decision decision) {
        if (decision.admitted()) {
            shadows.forEach(asked -> asked.limit().counts().admitted());
        } else {
            LimitQuestion.refusing(shadows, decision)
                    .forEach(asked -> asked.limit().counts().shadowed());
        }
    }
}
