package io.nearfar.far;

import io.nearfar.FarRefusalException;
import io.nearfar.entry.Envelope;
import io.nearfar.entry.Version;
import org.jspecify.annotations.Nullable;

/**
 * What a script does not tell because it is large, and others would wait behind it: it is read in pieces, which takes its
 * time and holds up nobody. By its version the reader knows whether it is what the script has met.
 */
final class Withheld {
    /** An entry that changes again and again while it is read is then told at once. */
    static final int ATTEMPTS = 3;

    static final String NOTHING = "";
    static final String ANY_LENGTH = "any";

    private static final int VERSION_BYTES = Long.BYTES * 2;

    private final Pieces pieces;
    private final Caution caution;

    Withheld(Pieces pieces, Caution caution) {
        this.pieces = pieces;
        this.caution = caution;
    }

    /** Tells whether a script has told a version in the place of an envelope, which is always longer. */
    static boolean isVersion(byte[] told) {
        return told.length == VERSION_BYTES;
    }

    /** Returns what lies under a key, or null if that is to be found out by a script. */
    byte @Nullable [] read(Spot spot) {
        caution.isLarge(Caution.LARGE + 1);
        try {
            return pieces.whole(spot);
        } catch (FarRefusalException e) {
            return null; // it is no string any more
        }
    }

    /** Returns what lies under a key, or null if that is not of this version any more. */
    byte @Nullable [] read(Spot spot, Version version) {
        byte[] whole = read(spot);
        return whole == null || !Envelope.version(whole).equals(version) ? null : whole;
    }

    /** Returns the entry that is kept after its end under a key, or null if that is not of this version any more. */
    byte @Nullable [] readKept(Spot spot, Version version) {
        byte[] whole = read(spot, version);
        return whole == null ? null : Envelope.kept(whole);
    }
}
