package io.nearfar.fault.check;

import static org.assertj.core.api.Assertions.assertThat;

/** Asserts what a {@link Checker} says of a history. */
final class Judging {
    private Judging() {}

    static void good(Story story) {
        good(story, Bounds.ofHealth());
    }

    static void good(Story story, Bounds bounds) {
        Report report = new Checker(bounds).check(story.history());
        assertThat(report.findings().violated())
                .as(report.findings().tell(report.findings().violated(), 0))
                .isEmpty();
    }

    static void bad(Invariant invariant, Story story, String... words) {
        bad(invariant, story, Bounds.ofHealth(), words);
    }

    static void bad(Invariant invariant, Story story, Bounds bounds, String... words) {
        Findings findings = new Checker(bounds).check(story.history()).findings();
        assertThat(findings.violated()).contains(invariant);
        String told = findings.of(invariant).get(0).tell(0);
        assertThat(words).allSatisfy(word -> assertThat(told).contains(word));
    }
}
