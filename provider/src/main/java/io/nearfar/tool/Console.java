package io.nearfar.tool;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Where answers go, and beside them what is told while one is awaited. Safe for use by several threads. */
final class Console {
    private static final long PACE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final PrintStream out;
    private final PrintStream err;
    private final boolean json;
    private final LongSupplier nanoTime;
    private long told;

    Console(PrintStream out, PrintStream err, boolean json, LongSupplier nanoTime) {
        this.out = out;
        this.err = err;
        this.json = json;
        this.nanoTime = nanoTime;
        this.told = nanoTime.getAsLong();
    }

    /** Prints a whole answer, or one of many. */
    synchronized void print(Report report) {
        if (json) {
            out.println(Json.of(report.tree()));
        } else {
            ForPeople.lines(report).forEach(out::println);
        }
        out.flush();
    }

    /** Tells how far the work has come, once a second at most, beside the answer. */
    synchronized void progress(String text) {
        long now = nanoTime.getAsLong();
        if (!json && now - told >= PACE_NANOS) {
            told = now;
            err.println(Printable.lines(text));
        }
    }

    /** Says why there is no answer. */
    synchronized void fail(Outcome outcome, String text) {
        if (json) {
            Map<String, Object> error = new LinkedHashMap<>();
            error.put("error", text);
            error.put("exit", outcome.ordinal());
            out.println(Json.of(error));
        } else {
            err.println("nearfar: " + Printable.lines(text));
        }
        out.flush();
    }
}
