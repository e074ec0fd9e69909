package io.nearfar.sample.weather;

import io.nearfar.sample.place.CitySummary;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * The weather service. It stands for one that is far away and not always there, and makes the weather up, by place and time, so that
 * the sample needs no network. Each node can have it out of reach.
 */
@ApplicationScoped
public class Station {
    private static final List<String> SKIES = List.of("clear", "fair", "cloudy", "rain", Forecast.STORM);
    private static final int WARMEST = 30;
    private static final int COOLER = 6;
    private static final int SCATTER = 5;

    private final LongAdder asked = new LongAdder();
    private final LongAdder unchanged = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private volatile boolean reachable = true;

    @Inject
    Clock clock;

    @Inject
    @ConfigProperty(name = "gazetteer.node")
    String node;

    /**
     * Asks for the weather of a place.
     *
     * @param known what is known already, or null
     * @return the weather; empty if what is known is of the present edition, as a response of status 304 is
     * @throws OutOfReachException if the service does not answer
     */
    Optional<Forecast> ask(CitySummary place, Span span, Unit unit, @Nullable Forecast known)
            throws OutOfReachException {
        asked.increment();
        if (!reachable) {
            failed.increment();
            throw new OutOfReachException("the weather service is out of reach for " + node);
        }
        long now = clock.millis();
        long edition = span.editionAt(now);
        if (known != null && known.edition() == edition) {
            unchanged.increment();
            return Optional.empty();
        }
        var chance = new SplittableRandom(31L * span.key(place.id()).hashCode() + edition);
        double celsius = WARMEST * Math.cos(Math.toRadians(place.latitude())) - COOLER + chance.nextInt(SCATTER);
        String sky = SKIES.get(chance.nextInt(SKIES.size()));
        return Optional.of(new Forecast(span.label(), sky, unit.degrees(celsius), unit, edition, node, now));
    }

    /** Puts the service out of this node's reach, or back into it. */
    public void setReachable(boolean reachable) {
        this.reachable = reachable;
    }

    /** How it is, and what this node has asked it. */
    public StationState state() {
        return new StationState(reachable, asked.sum(), unchanged.sum(), failed.sum());
    }
}
