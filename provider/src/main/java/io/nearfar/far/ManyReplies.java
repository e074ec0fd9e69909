package io.nearfar.far;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a script replied of the changes of many keys, as many.lua lays it out. */
final class ManyReplies {
    private static final int NOW = 1;
    private static final int ROWS = 2;
    private static final int METS = 3;
    private static final int FIRST = 4;

    private final List<Object> reply;
    private final long now;
    private final ByteBuffer rows;
    private final int endings;
    private int key;
    private int met = FIRST;

    ManyReplies(List<Object> reply) {
        this.reply = reply;
        this.now = Numbers.of(reply, NOW);
        this.rows = ByteBuffer.wrap((byte[]) reply.get(ROWS));
        this.endings = FIRST + (int) Numbers.of(reply, METS);
    }

    /** Receives an entry that has ended, and which key's it was, from 0. */
    interface Ended {
        void tell(int key, Object entry);
    }

    /** Tells of each entry that had ended and is told by this caller. */
    void forEachEnded(Ended ended) {
        for (int i = endings; i < reply.size(); i += 2) {
            ended.tell((int) Numbers.of(reply, i), reply.get(i + 1));
        }
    }

    /** Returns what became of the next key. */
    Told next() {
        byte[] entry = met();
        return new Told(rows.get(), rows.get() == 1, rows.getLong(), now, rows.getLong(), entry);
    }

    private byte @Nullable [] met() {
        int of = key;
        key++;
        if (met == endings || Numbers.of(reply, met) != of) {
            return null;
        }
        met += 2;
        return (byte[]) reply.get(met - 1);
    }
}
