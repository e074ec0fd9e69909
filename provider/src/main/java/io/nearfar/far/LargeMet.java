package io.nearfar.far;

import io.nearfar.entry.Envelope;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The entry that a change meets, where that is large: a script that would have to tell it changes nothing, and is run again
 * when it has been read in pieces, which takes its time and holds up nobody. By its version the script knows whether what
 * was read is what it meets now, so that what the change does and what it tells are of one instant all the same. It is the
 * same call again, by its nonce. Used by one thread, for one change.
 */
final class LargeMet {
    private static final int MET = 5;

    private final Withheld withheld;
    private final Spot spot;
    private final Arguments arguments;
    private int attempts;
    private byte @Nullable [] read;

    /** Adds to the arguments of the script what the caller knows of the entry, as the last. */
    LargeMet(Withheld withheld, Spot spot, Arguments arguments) {
        this.withheld = withheld;
        this.spot = spot;
        this.arguments = arguments.add(Withheld.NOTHING);
    }

    /** Tells whether the entry has been asked for, which may have taken long. */
    boolean isAskedFor() {
        return attempts > 0;
    }

    /**
     * Runs the script, and runs it again if it meets a large entry, until it tells that.
     *
     * @return its reply, with the whole of what it has met
     */
    List<Object> told(Supplier<List<Object>> script) {
        List<Object> parts = script.get();
        while (Numbers.of(parts, 0) == Wording.WITHHELD) {
            arguments.replaceLast(known());
            parts = script.get();
        }
        return whole(parts);
    }

    private Object known() {
        read = null;
        if (++attempts > Withheld.ATTEMPTS) {
            return Withheld.ANY_LENGTH;
        }
        read = withheld.read(spot);
        return read == null ? Withheld.NOTHING : Spot.bytes(Envelope.version(read));
    }

    /** The version stands for what has been read. */
    private List<Object> whole(List<Object> parts) {
        byte[] known = read;
        boolean named = parts.size() > MET && parts.get(MET) instanceof byte[] met && met.length < Envelope.VERSION_END;
        if (!named || known == null) {
            return parts;
        }
        List<Object> whole = new ArrayList<>(parts);
        whole.set(MET, known);
        return whole;
    }
}
