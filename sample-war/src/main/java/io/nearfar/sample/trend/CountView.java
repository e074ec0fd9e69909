package io.nearfar.sample.trend;

import javax.cache.processor.EntryProcessor;
import javax.cache.processor.MutableEntry;

/** Adds a view of a city to the board of a minute. Being an entry processor it loses none, whatever other nodes do. */
final class CountView implements EntryProcessor<Long, Board, Integer> {
    private final long city;

    CountView(long city) {
        this.city = city;
    }

    /** Counts, and returns how often the city was viewed in this minute. */
    @Override
    public Integer process(MutableEntry<Long, Board> entry, Object... arguments) {
        Board board = (entry.exists() ? entry.getValue() : Board.EMPTY).plus(city);
        entry.setValue(board);
        return board.views().getOrDefault(city, 0);
    }
}
