package io.nearfar.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** How much is measured. */
enum Form {
    /** A few seconds of each: shows that the run works, and no more. */
    TRIAL(1, 3, List.of(1), List.of(10_000)),
    /** Minutes. */
    SHORT(3, 60, List.of(1, 10), List.of(10_000, 100_000)),
    /** Five times as many rounds. */
    LONG(15, 300, List.of(1, 10, 20), List.of(10_000, 100_000, 1_000_000, 10_000_000));

    private static final int MANY = 1_000_000;
    private static final int PLANNED = 20;
    private static final long PLANNED_SECONDS = 30;

    private final int nearRounds;
    private final int farRounds;
    private final List<Integer> nodes;
    private final List<Integer> entries;

    Form(int nearRounds, int farRounds, List<Integer> nodes, List<Integer> entries) {
        this.nearRounds = nearRounds;
        this.farRounds = farRounds;
        this.nodes = nodes;
        this.entries = entries;
    }

    static Form named(String name) {
        return Stream.of(values())
                .filter(form -> form.label().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no form '" + name
                        + "' of the benchmarks; set benchmark.form to trial, short or long"));
    }

    /** Returns how its page is called: the long form must not take the place of the short one's, which is seldom as old. */
    String page() {
        return this == LONG ? "performance-long" : "performance";
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    int nearRounds() {
        return nearRounds;
    }

    int farRounds() {
        return farRounds;
    }

    /** Returns how many other JVMs an invalidation has to reach, one after the other. */
    List<Integer> nodes() {
        return nodes;
    }

    /** Returns how many JVMs there are beside whose work a plan is held. */
    int planned() {
        return this == TRIAL ? 3 : PLANNED;
    }

    /** Returns for how long they are looked at. */
    long plannedSeconds() {
        return this == TRIAL ? 5 : PLANNED_SECONDS;
    }

    /** Returns how many entries a cache has whose growth is looked at, the fewest first. */
    List<Integer> entries() {
        return entries;
    }

    /** Returns how many entries are weighed on the heap. */
    int nearEntries() {
        return this == TRIAL ? farEntries() : MANY;
    }

    /** Returns how many entries are weighed on the server. */
    int farEntries() {
        return Math.min(MANY, entries.get(entries.size() - 1));
    }
}
