package io.nearfar.entry;

/** What must be true of the key, at the instant of a change, for the change to happen. */
public sealed interface Condition {
    /** Always true. */
    Condition ALWAYS = new Always(false);
    /**
     * Always true, but the caller must learn what the change met: in an outage it is refused with an exception where
     * {@link #ALWAYS} may be remembered and made up for.
     */
    Condition WITNESSED = new Always(true);
    /** No live entry is there; the placeholder of a load counts as none. */
    Condition ABSENT = new Absent();
    /** A live entry is there. */
    Condition PRESENT = new Present();

    /** Returns the condition that the key holds exactly this write, be it an entry or a load's placeholder. */
    static Condition is(Version version) {
        return new Is(version);
    }

    /** See {@link #ALWAYS} and {@link #WITNESSED}. */
    record Always(boolean witnessed) implements Condition {}

    /** See {@link #ABSENT}. */
    record Absent() implements Condition {}

    /** See {@link #PRESENT}. */
    record Present() implements Condition {}

    /** See {@link #is}. */
    record Is(Version version) implements Condition {}
}
