package io.nearfar.benchmarks;

import java.util.Locale;
import java.util.stream.Stream;

/** How much is measured. */
enum Form {
    /** A few seconds: shows that the run works, and no more. */
    TRIAL(1, 3),
    /** About five minutes. */
    SHORT(3, 60),
    /** About five times as long. */
    LONG(15, 300);

    private final int nearRounds;
    private final int farRounds;

    Form(int nearRounds, int farRounds) {
        this.nearRounds = nearRounds;
        this.farRounds = farRounds;
    }

    static Form named(String name) {
        return Stream.of(values())
                .filter(form -> form.label().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no form '" + name
                        + "' of the benchmarks; set benchmark.form to trial, short or long"));
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
}
