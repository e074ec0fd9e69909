package io.nearfar.far;

import io.nearfar.FarTierUnavailableException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Brings a large value to the server piece by piece, to a key beside the entry, from where the script of the write takes
 * it. So no connection is taken up by one call, and each piece has a deadline of its own. What is left behind expires; what
 * lost a piece on the way, because a server was replaced, has the wrong checksum.
 */
final class Upload {
    /** The script puts what it alone knows before the value. */
    private static final int VALUE_AT = 34;

    private static final int UNDER_WAY = 2;
    private static final long EXPIRES_MILLIS = 60_000;

    private final Calls calls;
    private final Spot spot;
    private final String place;

    /** Begins nothing yet; {@code nonce} tells this write from any other. */
    Upload(Calls calls, Spot spot, long nonce) {
        this.calls = calls;
        this.spot = spot;
        this.place = spot.names().upload(spot.partition(), nonce);
    }

    /** Returns the key to which the value goes. */
    String place() {
        return place;
    }

    /** Returns how long it is when all of it is there. */
    int length(byte[] tail) {
        return VALUE_AT + tail.length;
    }

    /** Sends what follows the script's part of the entry. The last piece goes first, so that the server makes room once. */
    void send(byte[] tail) {
        Deque<ScriptCall> underWay = new ArrayDeque<>();
        try {
            send(tail, underWay);
        } finally {
            underWay.forEach(Upload::await); // or one that comes late would leave a key behind
        }
    }

    private static void await(ScriptCall call) {
        try {
            call.reply();
        } catch (FarTierUnavailableException alreadyTold) {
            return;
        }
    }

    private void send(byte[] tail, Deque<ScriptCall> underWay) {
        int last = (tail.length - 1) / Pieces.PIECE * Pieces.PIECE;
        for (int from = last; from >= 0; from -= Pieces.PIECE) {
            if (underWay.size() == UNDER_WAY) {
                underWay.remove().reply();
            }
            byte[] piece = Arrays.copyOfRange(tail, from, Math.min(tail.length, from + Pieces.PIECE));
            underWay.add(send(VALUE_AT + from, piece));
        }
        while (!underWay.isEmpty()) {
            underWay.remove().reply();
        }
    }

    private ScriptCall send(int at, byte[] piece) {
        Arguments arguments = new Arguments().key(place).add(at).add(piece).add(EXPIRES_MILLIS);
        return calls.script(Script.PIECE, spot.partition(), arguments);
    }

    /** Frees the room of what no write has taken; where that fails, it expires. */
    void discard() {
        new Survey<String>(
                        key -> calls.read(spot.partition(), Session.UNLINK, key), (key, reply) -> {}, (key, why) -> {})
                .ask(List.of(place));
    }
}
