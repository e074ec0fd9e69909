package io.nearfar.limit;

import io.nearfar.Limit;
import io.nearfar.far.Standing;

/**
 * The instants of the permits in use, in the order in which they were taken. Exact. The ring grows to what is in use at
 * once, never beyond the limit; what counts no more is written over.
 */
final class Ring implements Window {
    private static final int FIRST = 8;

    private long[] stamps = new long[FIRST];

    /** Numbers of the oldest that may count and of the one to come; number n stands at n modulo the length. */
    private long tail;

    private long head;
    private long over;

    @Override
    public Standing look(long now, Limit limit, long cost) {
        long window = Window.micros(limit);
        long low = oldest(now - window);
        long used = head - low;
        long toGo = head - (limit.permits() - cost) - 1; // once this one has left there is room
        return new Standing(used, used == 0 ? now : stamp(low), toGo < low ? 0 : stamp(toGo) + window - now);
    }

    /** Returns the number of the oldest that was taken after an instant. */
    private long oldest(long until) {
        long low = tail;
        long high = head;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (stamp(middle) <= until) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private long stamp(long number) {
        return stamps[(int) (number % stamps.length)];
    }

    @Override
    public void charge(long now, Limit limit, long cost) {
        tail = oldest(now - Window.micros(limit));
        makeRoom((int) (head - tail + cost), limit);
        for (long i = 0; i < cost; i++) {
            stamps[(int) (head % stamps.length)] = now;
            head++;
        }
        over = now + Window.micros(limit);
    }

    private void makeRoom(int needed, Limit limit) {
        if (needed <= stamps.length) {
            return;
        }
        long[] larger = new long[(int) Math.max(needed, Math.min(2L * stamps.length, limit.permits()))];
        int used = (int) (head - tail);
        for (int i = 0; i < used; i++) {
            larger[i] = stamp(tail + i);
        }
        stamps = larger;
        tail = 0;
        head = used;
    }

    @Override
    public boolean isOver(long now) {
        return now >= over;
    }

    @Override
    public boolean suits(Limit limit) {
        return limit.isExact();
    }
}
