package io.nearfar.limit;

import io.nearfar.Limit;
import io.nearfar.far.Standing;

/**
 * How many permits were taken in each hundredth of a window. What was taken in a hundredth counts until a window after its
 * end: never too short, and too long by a hundredth at most.
 */
final class Counts implements Window {
    private static final int PARTS = 100;

    /** That many hundredths can count at once: those of a whole window, and the one that has begun. */
    private static final int CELLS = PARTS + 1;

    private final long[] cells = new long[CELLS];
    private final long width;

    /** The number of the newest hundredth in which something was taken; number n stands at n modulo the cells. */
    private long newest;

    private long over;

    Counts(Limit limit) {
        this.width = width(limit);
    }

    private static long width(Limit limit) {
        return (Window.micros(limit) + PARTS - 1) / PARTS;
    }

    @Override
    public Standing look(long now, Limit limit, long cost) {
        long window = Window.micros(limit);
        long used = 0;
        long oldest = -1;
        for (long part = first(now, window); part <= newest; part++) {
            long count = cells[cell(part)];
            oldest = oldest < 0 && count > 0 ? part : oldest;
            used += count;
        }
        long freeIn = freeIn(now, window, used - (limit.permits() - cost));
        return new Standing(used, oldest < 0 ? now : Math.min(now, oldest * width), freeIn);
    }

    /** Returns microseconds until {@code needed} permits have come back. */
    private long freeIn(long now, long window, long needed) {
        long back = 0;
        long part = first(now, window);
        while (back < needed) {
            back += cells[cell(part)];
            part++;
        }
        return needed <= 0 ? 0 : part * width + window - now;
    }

    /** Returns the first hundredth that counts and is still known. */
    private long first(long now, long window) {
        long first = Math.floorDiv(now - window, width);
        return Math.max(0, Math.max(first, newest - CELLS + 1));
    }

    private static int cell(long part) {
        return (int) (part % CELLS);
    }

    @Override
    public void charge(long now, Limit limit, long cost) {
        long part = now / width;
        for (long empty = Math.max(newest + 1, part - CELLS + 1); empty <= part; empty++) {
            cells[cell(empty)] = 0;
        }
        newest = Math.max(newest, part);
        cells[cell(newest)] += cost;
        over = (newest + 1) * width + Window.micros(limit);
    }

    @Override
    public boolean isOver(long now) {
        return now >= over;
    }

    @Override
    public boolean suits(Limit limit) {
        return !limit.isExact() && width == width(limit);
    }
}
