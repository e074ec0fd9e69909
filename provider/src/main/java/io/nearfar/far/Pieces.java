package io.nearfar.far;

import io.nearfar.entry.Envelope;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads large entries piece by piece. A connection answers in order, and all calls share few: a reply of megabytes would
 * hold up whatever was asked behind it, where now nobody waits for more than two pieces. Each piece has a deadline of its
 * own, so that a large value may take its time as long as it comes. The entry can change between two pieces: what was
 * gathered counts only if the entry still is of the same write afterwards.
 */
final class Pieces {
    static final int PIECE = 1 << 16;

    private static final int UNDER_WAY = 2;

    /** An entry that changes again and again while it is read is then read at once. */
    private static final int ATTEMPTS = 3;

    private static final byte[] NO_ENTRY = new byte[0];

    private final Calls calls;
    private final long longest;

    /** Creates one; what is longer than {@code longest} bytes is no entry, and not asked for. */
    Pieces(Calls calls, long longest) {
        this.calls = calls;
        this.longest = longest;
    }

    /** Begins to ask for the first piece of an entry. */
    ReadCall askFirst(int partition, String entry) {
        return calls.read(partition, Session.GETRANGE, entry, 0, PIECE - 1);
    }

    /** Begins to ask for the length of an entry. */
    ReadCall askLength(int partition, String entry) {
        return calls.read(partition, Session.STRLEN, entry);
    }

    /**
     * Returns entry and meta as one MGET would, or null if the entry did not stay the same for long enough. In the place of
     * what is too long to be an entry there is nothing that could pass for one.
     *
     * @param known the first piece, or null if it was not read yet
     */
    @Nullable
    List<Object> read(int partition, String entry, String meta, byte @Nullable [] known) {
        byte[] first = known;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long length = Numbers.of(askLength(partition, entry).reply(), 0);
            if (length > longest) {
                return Arrays.asList(NO_ENTRY, null);
            }
            byte[] whole = gather(partition, entry, (int) length, first == null ? first(partition, entry) : first);
            first = null;
            if (whole == null) {
                continue;
            }
            ReadCall version = calls.read(partition, Session.GETRANGE, entry, 0, Envelope.VERSION_END - 1);
            ReadCall cleared = calls.read(partition, Session.MGET, meta);
            if (isOf(whole, (byte[]) version.reply().get(0))) {
                return Arrays.asList(whole, cleared.reply().get(0));
            }
        }
        return null;
    }

    /**
     * Returns what lies under a key, or the first of its bytes, which tell of which write it is, if it is too long to be an
     * entry; null if there is nothing, or it did not stay the same for long enough.
     */
    byte @Nullable [] whole(Spot spot) {
        List<Object> found = read(spot.partition(), spot.entry(), spot.meta(), null);
        if (found == null) {
            return null;
        }
        byte[] whole = (byte[]) found.get(0);
        byte[] start = whole.length == 0 ? first(spot.partition(), spot.entry()) : whole;
        return start.length < Envelope.VERSION_END ? null : start;
    }

    /** It has the version, and is there before any other is asked for: by another connection that one could be older. */
    private byte[] first(int partition, String entry) {
        return (byte[]) askFirst(partition, entry).reply().get(0);
    }

    private static boolean isOf(byte[] whole, byte @Nullable [] start) {
        return start != null
                && whole.length >= Envelope.VERSION_END
                && Arrays.equals(whole, 0, Envelope.VERSION_END, start, 0, start.length);
    }

    /** Returns so many bytes, or null if there are others of them meanwhile. */
    private byte @Nullable [] gather(int partition, String entry, int length, byte[] first) {
        if (first.length != Math.min(length, PIECE)) {
            return null;
        }
        byte[] whole = Arrays.copyOf(first, length);
        Deque<Piece> underWay = new ArrayDeque<>();
        for (int from = PIECE; from < length; from += PIECE) {
            if (underWay.size() == UNDER_WAY && !underWay.remove().isTaken(whole)) {
                return null;
            }
            int to = Math.min(length, from + PIECE);
            underWay.add(new Piece(calls.read(partition, Session.GETRANGE, entry, from, to - 1), from, to));
        }
        boolean complete = true;
        for (Piece piece : underWay) {
            complete &= piece.isTaken(whole);
        }
        return complete ? whole : null;
    }

    /** A question for the bytes from one place up to another. */
    private record Piece(ReadCall call, int from, int to) {
        boolean isTaken(byte[] whole) {
            byte[] bytes = (byte[]) call.reply().get(0);
            if (bytes == null || bytes.length != to - from) {
                return false;
            }
            System.arraycopy(bytes, 0, whole, from, bytes.length);
            return true;
        }
    }
}
