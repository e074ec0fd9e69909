package io.nearfar.fault.check;

import io.nearfar.fault.history.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gathers violations: all are counted, the first few of each invariant are kept. */
public final class Findings {
    private static final int KEPT = 3;

    private final Map<Invariant, List<Violation>> kept = new EnumMap<>(Invariant.class);
    private final Map<Invariant, Integer> counts = new EnumMap<>(Invariant.class);

    public void add(Invariant invariant, String what, Operation... operations) {
        counts.merge(invariant, 1, Integer::sum);
        List<Violation> ofThis = kept.computeIfAbsent(invariant, none -> new ArrayList<>());
        if (ofThis.size() < KEPT) {
            ofThis.add(new Violation(invariant, what, Arrays.asList(operations)));
        }
    }

    /** Returns the invariants that do not hold. */
    public Set<Invariant> violated() {
        Set<Invariant> violated = EnumSet.noneOf(Invariant.class);
        violated.addAll(counts.keySet());
        return violated;
    }

    public int count(Invariant invariant) {
        return counts.getOrDefault(invariant, 0);
    }

    public List<Violation> of(Invariant invariant) {
        return kept.getOrDefault(invariant, Collections.emptyList());
    }

    /** Tells the violations of these invariants. */
    public String tell(Set<Invariant> which, long origin) {
        StringBuilder text = new StringBuilder();
        for (Invariant invariant : which) {
            text.append('\n')
                    .append(invariant)
                    .append(": violated ")
                    .append(count(invariant))
                    .append(" times");
            of(invariant).forEach(violation -> text.append("\n  ").append(violation.tell(origin)));
        }
        return text.toString();
    }
}
