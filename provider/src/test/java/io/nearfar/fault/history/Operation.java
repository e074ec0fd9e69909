package io.nearfar.fault.history;

/**
 * One call, or a run of equal reads, as its caller saw it.
 *
 * @param key the full name of the key, see {@link Role}
 * @param failure what was thrown, or an empty text
 * @param events how many events of this call its thread's listener was told during it, or {@link #UNHEARD}
 */
public record Operation(
        Caller caller, Kind kind, String key, Values values, Outcome outcome, String failure, Run run, int events) {
    /** Nobody listened. */
    public static final int UNHEARD = -1;

    private static final double NANOS_PER_MILLI = 1e6;

    public static Operation of(Caller caller, Kind kind, String key, Values values, Outcome outcome, Run run) {
        return new Operation(caller, kind, key, values, outcome, "", run, UNHEARD);
    }

    public static Operation failed(Caller caller, Kind kind, String key, Values values, String failure, Run run) {
        return new Operation(caller, kind, key, values, Outcome.FAILED, failure, run, UNHEARD);
    }

    public Operation heard(int count) {
        return new Operation(caller, kind, key, values, outcome, failure, run, count);
    }

    /** Returns it as one of which nobody knows whether it was done. */
    public Operation unsure() {
        return with(Outcome.FAILED);
    }

    /** Returns it as one of an outage. */
    public Operation noted() {
        return with(Outcome.NOTED);
    }

    private Operation with(Outcome other) {
        return new Operation(caller, kind, key, values, other, failure, run, events);
    }

    public long invoked() {
        return run.first().invoked();
    }

    public long returned() {
        return run.first().returned();
    }

    public long lastInvoked() {
        return run.last().invoked();
    }

    public long lastReturned() {
        return run.last().returned();
    }

    /** Tells whether nothing but time differs, and time alone does not matter. */
    boolean isLike(Operation other) {
        return kind == Kind.GET
                && !Role.of(key).isTouched()
                && other.kind == Kind.GET
                && outcome == Outcome.DONE
                && other.outcome == Outcome.DONE
                && values.equals(other.values)
                && key.equals(other.key)
                && caller.equals(other.caller);
    }

    /** Returns this run of reads with another behind it. */
    Operation and(Operation next) {
        return new Operation(caller, kind, key, values, outcome, failure, run.and(next.run), events);
    }

    /** Tells it in one line, with times in milliseconds since {@code origin}. */
    public String tell(long origin) {
        String times = run.times() == 1 ? "" : ", " + run.times() + " times until " + span(run.last(), origin);
        return caller + ": " + kind + " " + key + arguments() + " = " + answer() + " " + span(run.first(), origin)
                + times;
    }

    private String arguments() {
        String wanted = values.wanted() == Values.NONE ? "" : " " + Values.text(values.wanted());
        String written = values.written() == Values.NONE ? "" : " " + Values.text(values.written());
        return wanted + written;
    }

    private String answer() {
        String found = kind.hands() ? Values.text(values.found()) : "";
        return switch (outcome) {
            case DONE -> kind.hands() ? found : "done";
            case REFUSED, NOTED -> (outcome + " " + found).strip();
            case FAILED -> failure;
        };
    }

    private static String span(Span span, long origin) {
        return String.format(
                "[%.3f, %.3f]",
                (span.invoked() - origin) / NANOS_PER_MILLI, (span.returned() - origin) / NANOS_PER_MILLI);
    }
}
