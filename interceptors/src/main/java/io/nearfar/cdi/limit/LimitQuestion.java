package io.nearfar.cdi.limit;

import io.nearfar.Decision;
import io.nearfar.Quota;
import io.nearfar.cdi.annotation.LimitedCall;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The limits that hold for one call, with what it is charged to. Made in the caller's thread, where the request is known. */
final class LimitQuestion {
    private final List<Asked> enforced = new ArrayList<>();
    private final List<Asked> shadows = new ArrayList<>();
    private final Consumer<Decision> listener;

    /**
     * A limit that is asked.
     *
     * @param limit the limit
     * @param quota what is charged
     */
    record Asked(PlannedLimit limit, Quota quota) {}

    private LimitQuestion(Consumer<Decision> listener) {
        this.listener = listener;
    }

    /** Returns what a call has to ask; those who are exempt, and what is switched off, are not in it. */
    static LimitQuestion of(LimitPlan plan, LimitedCall call) {
        LimitQuestion question = new LimitQuestion(call.request().listener());
        plan.limits().forEach(limit -> question.add(limit, call));
        return question;
    }

    private void add(PlannedLimit limit, LimitedCall call) {
        Terms terms = limit.terms();
        if (!terms.enabled()) {
            return;
        } else if (limit.exempts(call.request())) {
            limit.counts().exempted();
            return;
        }
        (terms.shadow() ? shadows : enforced).add(new Asked(limit, limit.quota(call, terms.limit())));
    }

    /** Returns the limits that can refuse the call. */
    List<Asked> enforced() {
        return enforced;
    }

    /** Returns the limits that only count. */
    List<Asked> shadows() {
        return shadows;
    }

    /** Returns who is told what is decided. */
    Consumer<Decision> listener() {
        return listener;
    }

    static List<Quota> quotas(List<Asked> asked) {
        return asked.stream().map(Asked::quota).toList();
    }

    /** Returns those of {@code asked} that the decision refuses; all of them if an outage does. */
    static List<Asked> refusing(List<Asked> asked, Decision decision) {
        List<Quota> violated =
                decision.violated().stream().map(use -> use.quota()).toList();
        return violated.isEmpty()
                ? asked
                : asked.stream().filter(each -> violated.contains(each.quota())).toList();
    }
}
