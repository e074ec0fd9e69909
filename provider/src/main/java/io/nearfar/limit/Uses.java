package io.nearfar.limit;

import io.nearfar.Decision;
import io.nearfar.Decision.Basis;
import io.nearfar.Quota;
import io.nearfar.QuotaUse;
import io.nearfar.far.Standing;
import io.nearfar.far.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Says in the words of the public interface what was counted. */
final class Uses {
    private Uses() {}

    static Decision decision(List<Quota> quotas, Verdict verdict, Basis basis) {
        List<QuotaUse> uses = of(quotas, verdict);
        return new Decision(verdict.admitted(), basis, uses, longestWait(uses));
    }

    static List<QuotaUse> of(List<Quota> quotas, Verdict verdict) {
        List<QuotaUse> uses = new ArrayList<>(quotas.size());
        for (int i = 0; i < quotas.size(); i++) {
            uses.add(of(quotas.get(i), verdict.standings().get(i)));
        }
        return uses;
    }

    static QuotaUse of(Quota quota, Standing standing) {
        Instant start = Instant.EPOCH.plus(standing.oldest(), ChronoUnit.MICROS);
        return new QuotaUse(
                quota,
                standing.used(),
                start,
                start.plus(quota.limit().window()),
                Duration.of(standing.freeIn(), ChronoUnit.MICROS));
    }

    /** Returns how long a request has to wait for all of them. Millions of denials by memory ask in a second, so no stream. */
    static Duration longestWait(List<QuotaUse> uses) {
        Duration longest = Duration.ZERO;
        for (QuotaUse use : uses) {
            longest = use.retryAfter().compareTo(longest) > 0 ? use.retryAfter() : longest;
        }
        return longest;
    }
}
