package io.nearfar.fault.check;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What every run must keep, whatever fails; the numbers are those of the design. */
public enum Invariant {
    I1("a value read was written, by a write invoked before the read returned"),
    I2("no node goes back from a newer to an older version of a key"),
    I3("after a write returned, every thread of its node reads it or something newer"),
    I4("staleness on other nodes is bounded"),
    I5("when links are good again all nodes agree with the far tier, and no acknowledged write is lost"),
    I6("increments are exact, one putIfAbsent wins, each old value is handed out once"),
    I7("what was reported is what happened"),
    I8("a write beside a first read never leaves the old value in a near tier"),
    I9("after a clear nothing older is seen"),
    I10("every operation ends within its budget"),
    I11("after a flush or restart nothing from before it is served"),
    I12("nothing is served past its expiration, and an access extends it for all"),
    I13("listeners see each own change once, in order"),
    I14("after quiet nothing is left behind"),
    OUTAGES("in an outage each operation answers as the outage policy says");

    /** Those that speak of time. */
    public static final Set<Invariant> TIMED = Collections.unmodifiableSet(EnumSet.of(I4, I5, I9, I10, I11, I12));

    private final String text;

    Invariant(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return name() + ", " + text;
    }
}
