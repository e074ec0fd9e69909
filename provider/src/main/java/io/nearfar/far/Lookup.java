package io.nearfar.far;

import io.nearfar.FarRefusalException;
import io.nearfar.FarTierUnavailableException;
import io.nearfar.entry.Envelope;
import io.nearfar.entry.NeedsThreadException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Asks for entry and meta of one key: in one round trip, or in pieces where the cache may hold large entries. */
final class Lookup {
    private final Calls calls;
    private final Names names;
    private final Caution caution;
    private final Pieces pieces;

    Lookup(Calls calls, Names names, Caution caution, long longest) {
        this.calls = calls;
        this.names = names;
        this.caution = caution;
        this.pieces = new Pieces(calls, longest);
    }

    /** Tells whether to ask for the lengths of so many entries first. */
    boolean isCautious(int entries) {
        return caution.isDue(entries);
    }

    /**
     * What was found of a key.
     *
     * @param reply entry and meta, each null if it is not there
     * @param until the instant of {@link System#nanoTime} until which more may be asked of it
     */
    record Found(List<Object> reply, long until) {}

    /** Asks for entry and meta; all that is asked of a key has one deadline, if the entry is not large. */
    Found find(int partition, String entry) {
        return caution.isDue() ? carefully(partition, entry) : atOnce(partition, entry);
    }

    /** The first piece is the whole of most entries: that is one round trip as well. */
    private Found carefully(int partition, String entry) {
        ReadCall first = pieces.askFirst(partition, entry);
        ReadCall meta = calls.read(partition, Session.MGET, names.meta(partition));
        byte[] piece = first(first);
        List<Object> found = answer(meta);
        if (piece != null && piece.length < Pieces.PIECE) {
            caution.taken();
            return new Found(Arrays.asList(met(piece.length == 0 ? null : piece), found.get(0)), first.until());
        }
        return isLarge(partition, entry)
                ? new Found(inPieces(partition, entry, piece), calls.until())
                : atOnce(partition, entry);
    }

    /** Returns the bytes, none if nothing is there, or null if that is no string. */
    private byte @Nullable [] first(ReadCall first) {
        try {
            return (byte[]) answer(first).get(0);
        } catch (FarRefusalException e) {
            return null;
        }
    }

    private boolean isLarge(int partition, String entry) {
        try {
            return isLarge(answer(length(partition, entry)));
        } catch (FarRefusalException e) {
            return false; // it is no string, and will be found to be none
        }
    }

    /** Begins to ask for a length. */
    ReadCall length(int partition, String entry) {
        return pieces.askLength(partition, entry);
    }

    private boolean isLarge(List<Object> length) {
        return isLarge(lengthIn(length));
    }

    /** Returns the length in a reply. */
    long lengthIn(List<Object> reply) {
        caution.taken();
        return Numbers.of(reply, 0);
    }

    /** Tells whether an entry of that length is large. */
    boolean isLarge(long length) {
        return caution.isLarge(length);
    }

    /** Returns the entry in a part of a reply, or null; its length is remembered, unless it only stands for one. */
    byte @Nullable [] met(@Nullable Object part) {
        byte[] entry = (byte[]) part;
        if (entry != null && !Envelope.isPlaceholder(entry)) {
            caution.met(entry.length);
        }
        return entry;
    }

    /** Returns entry and meta of an entry that is known to be large. */
    List<Object> inPieces(int partition, String entry) {
        return inPieces(partition, entry, null);
    }

    private List<Object> inPieces(int partition, String entry, byte @Nullable [] first) {
        List<Object> found = pieces.read(partition, entry, names.meta(partition), first);
        return found == null ? atOnce(partition, entry).reply() : found;
    }

    private Found atOnce(int partition, String entry) {
        ReadCall call = calls.read(partition, Session.MGET, entry, names.meta(partition));
        return new Found(answer(call), call.until());
    }

    /**
     * Like {@link #find} without a thread that waits: returns entry and meta, each null if it is not there. Fails with {@link
     * NeedsThreadException} where an entry is to be read in pieces.
     */
    CompletableFuture<List<Object>> find(int partition, String entry, Awaiting awaiting) {
        if (!caution.isDue()) {
            return answer(calls.read(partition, Session.MGET, entry, names.meta(partition)), awaiting);
        }
        CompletableFuture<List<Object>> first =
                answer(pieces.askFirst(partition, entry), awaiting).exceptionallyCompose(Lookup::notAString);
        CompletableFuture<List<Object>> meta =
                answer(calls.read(partition, Session.MGET, names.meta(partition)), awaiting);
        return first.thenCombine(meta, this::small);
    }

    private static CompletableFuture<List<Object>> notAString(Throwable failure) {
        return NeedsThreadException.cause(failure) instanceof FarRefusalException
                ? NeedsThreadException.failed()
                : CompletableFuture.failedFuture(failure);
    }

    private List<Object> small(List<Object> first, List<Object> meta) {
        byte[] piece = (byte[]) first.get(0);
        if (piece == null || piece.length >= Pieces.PIECE) {
            throw NeedsThreadException.INSTANCE;
        }
        caution.taken();
        return Arrays.asList(piece.length == 0 ? null : piece, meta.get(0));
    }

    private CompletableFuture<List<Object>> answer(ReadCall call, Awaiting awaiting) {
        return call.reply(awaiting).whenComplete((reply, failure) -> {
            if (failure == null) {
                reply.forEach(this::notice);
            } else if (NeedsThreadException.cause(failure) instanceof FarTierUnavailableException silence
                    && !(silence instanceof FarRefusalException)) {
                caution.unanswered();
            }
        });
    }

    /** Waits for the reply to a read, and draws the lesson if there is none. */
    List<Object> answer(ReadCall call) {
        try {
            List<Object> reply = call.reply();
            reply.forEach(this::notice);
            return reply;
        } catch (FarRefusalException e) {
            throw e;
        } catch (FarTierUnavailableException e) {
            caution.unanswered();
            throw e;
        }
    }

    private void notice(Object part) {
        if (part instanceof byte[] bytes) {
            caution.isLarge(bytes.length);
        }
    }
}
