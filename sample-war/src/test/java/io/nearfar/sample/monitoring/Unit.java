package io.nearfar.sample.monitoring;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;

/** What a panel counts in, by the name that Grafana has for it. */
enum Unit {
    PERCENT("percentunit", 10, List.of(new Scale(0.01, " %"))),
    RATE("ops", 10, List.of(new Scale(1, " ops/s"), new Scale(1e3, "K ops/s"))),
    TIME("s", 10, List.of(new Scale(1e-6, " µs"), new Scale(1e-3, " ms"), new Scale(1, " s"))),
    NUMBER("short", 10, List.of(new Scale(1, ""), new Scale(1e3, " K"), new Scale(1e6, " Mil"))),
    BYTES(
            "bytes",
            2,
            List.of(
                    new Scale(1, " B"),
                    new Scale(1 << 10, " KiB"),
                    new Scale(1 << 20, " MiB"),
                    new Scale(1 << 30, " GiB"))),
    BYTES_PER_SECOND("Bps", 10, List.of(new Scale(1, " B/s"), new Scale(1e3, " kB/s"), new Scale(1e6, " MB/s")));

    private static final MathContext DIGITS = new MathContext(3);
    private static final int STEPS = 4;

    private final String name;
    private final int base;
    private final List<Scale> scales;

    Unit(String name, int base, List<Scale> scales) {
        this.name = name;
        this.base = base;
        this.scales = scales;
    }

    /** A size from which on values are told in parts of it. */
    private record Scale(double size, String sign) {}

    static Unit of(String name) {
        return Arrays.stream(values())
                .filter(unit -> unit.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no unit that is drawn: " + name));
    }

    /** Returns the value with its unit. */
    String text(double value) {
        Scale scale = scales.get(0);
        for (Scale larger : scales) {
            if (value >= larger.size) {
                scale = larger;
            }
        }
        return new BigDecimal(value / scale.size)
                        .round(DIGITS)
                        .stripTrailingZeros()
                        .toPlainString()
                + scale.sign;
    }

    /** Returns the distance of the lines of an axis that goes up to a value: a round one, so that there are four at most. */
    double step(double most) {
        double least = (most > 0 ? most : 1) / STEPS;
        double round = Math.pow(base, Math.floor(Math.log(least) / Math.log(base)));
        for (int times : base == 2 ? new int[] {1, 2} : new int[] {1, 2, 5}) {
            if (round * times >= least) {
                return round * times;
            }
        }
        return round * base;
    }
}
