package io.nearfar.cdi.method;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tag as an annotation writes it, with places for what is known only at a call.
 *
 * @param text as it is written
 * @param segments what it is put together from, in order
 */
public record TagText(String text, List<Segment> segments) {
    /**
     * A piece of it.
     *
     * @param literal what stands before the place, maybe nothing
     * @param place what comes after it, or null at the end of the text
     */
    public record Segment(String literal, @Nullable Place place) {}

    /**
     * What is known only at a call.
     *
     * @param position of the argument, or {@link #RESULT}
     * @param path the properties that lead from there to what is meant; empty for the thing itself
     */
    public record Place(int position, List<String> path) {
        /** The position of what the method returned. */
        public static final int RESULT = -1;

        /** Tells whether it is about what the method returned. */
        public boolean isOfResult() {
            return position == RESULT;
        }
    }

    /** Tells whether anything in it is about what the method returned. */
    boolean needsResult() {
        return segments.stream()
                .anyMatch(segment -> segment.place() != null && segment.place().isOfResult());
    }
}
