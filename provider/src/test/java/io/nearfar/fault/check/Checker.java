package io.nearfar.fault.check;

import io.nearfar.fault.history.Operation;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Decides from what callers saw whether the invariants held. It reasons for each key about values that name their
 * writes and about the spans in which calls happened, and reports only what no order of events can explain; so it needs
 * no search, and histories may be long.
 */
public final class Checker {
    private final Bounds bounds;

    public Checker(Bounds bounds) {
        this.bounds = bounds;
    }

    public Report check(History history) {
        Findings findings = new Findings();
        Staleness staleness = new Staleness();
        for (Rule rule : rules(staleness)) {
            rule.check(history, bounds, findings);
        }
        return new Report(
                history,
                findings,
                staleness.delays(),
                staleness.worst(),
                staleness.last(),
                longest(history),
                failures(history));
    }

    private static List<Rule> rules(Staleness staleness) {
        return List.of(
                new WrittenValues(),
                new Backsteps(),
                staleness,
                new Notes(),
                new Absences(),
                new Handovers(),
                new Refusals(),
                new Counts(),
                new Budgets(),
                new FirstSilence(),
                new SilentServer(),
                new Recoveries(),
                new Lifetimes(),
                new Events(),
                new Agreement(),
                new Answers());
    }

    private static Operation longest(History history) {
        return history.operations().stream()
                .filter(Budgets::isTimed)
                .max(Comparator.comparingLong(operation -> operation.run().longest()))
                .orElse(null);
    }

    private static Map<String, Integer> failures(History history) {
        Map<String, Integer> failures = new TreeMap<>();
        history.operations().stream()
                .filter(operation -> !operation.failure().isEmpty())
                .forEach(operation -> failures.merge(operation.failure(), 1, Integer::sum));
        return failures;
    }
}
