package io.nearfar.sample.weather;

/**
 * The weather of a place as the service told it. Not serializable: its cache has the codec {@code kryo}, which needs no class to be.
 *
 * @param span what time it is for, as {@link Span#label} has it
 * @param sky a word for the sky; {@value #UNKNOWN} where nobody could tell
 * @param unit of the degrees
 * @param edition which of the service's this is; 0 where nobody could tell
 * @param node the node that asked the service
 * @param told when that was, in milliseconds since the epoch
 */
public record Forecast(String span, String sky, long degrees, Unit unit, long edition, String node, long told) {
    /** The sky that nobody could tell of. */
    public static final String UNKNOWN = "unknown";

    /** The sky of which one wants to hear sooner. */
    static final String STORM = "storm";

    /** What is said where neither the cache nor the service has an answer. */
    static Forecast unknown(Span span, Unit unit) {
        return new Forecast(span.label(), UNKNOWN, 0, unit, 0, "", 0);
    }

    boolean stormy() {
        return sky.equals(STORM);
    }
}
