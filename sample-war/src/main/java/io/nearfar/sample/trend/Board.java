package io.nearfar.sample.trend;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/** The views of one minute, by city id. A minute counts at most a thousand cities; a further one goes uncounted. */
public record Board(Map<Long, Integer> views) implements Serializable {
    private static final int MOST_CITIES = 1_000;

    /** The board of a minute in which nothing was viewed yet. */
    static final Board EMPTY = new Board(Map.of());

    /** Keeps a copy that nobody changes. */
    public Board {
        views = Map.copyOf(views);
    }

    /** This board with one more view of a city. */
    Board plus(long city) {
        if (views.size() >= MOST_CITIES && !views.containsKey(city)) {
            return this;
        }
        Map<Long, Integer> counted = new HashMap<>(views);
        counted.merge(city, 1, Integer::sum);
        return new Board(counted);
    }
}
