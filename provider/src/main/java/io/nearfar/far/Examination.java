package io.nearfar.far;

import io.nearfar.CacheHealth;
import io.nearfar.FarRefusalException;
import io.nearfar.far.Session.Node;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks closely at one server after the other, for somebody who has the time. */
final class Examination {
    private static final int CLOCK_READINGS = 5;

    private final Calls calls;
    private final Collection<String> wanted;

    /**
     * Creates one.
     *
     * @param wanted which settings of the servers are asked for; never all of them, for some are passwords
     */
    Examination(Calls calls, Collection<String> wanted) {
        this.calls = calls;
        this.wanted = wanted;
    }

    /** Returns what was seen of a server. */
    ExaminedServer of(Node node) {
        Duration roundTrip = readClock(node);
        String address = node.master().address();
        FarServer told = null;
        String trouble = null;
        try {
            told = FarServer.of(
                    address, (byte[]) calls.read(node, Session.INFO).reply().get(0));
        } catch (FarRefusalException e) {
            trouble = e.getMessage();
        }
        CacheHealth.Figures figures = told == null ? null : Checkup.figures(told);
        return new ExaminedServer(
                told == null ? new FarServer(address, Map.of()) : told,
                ServerFindings.of(Checkup.server(node.master(), true, trouble, figures))
                        .toList(),
                roundTrip,
                configuration(node));
    }

    /** Nobody sends beats here, so that the clock is read by questions of its own. */
    private Duration readClock(Node node) {
        for (int i = 0; i < CLOCK_READINGS; i++) {
            long asked = System.nanoTime();
            long micros = Numbers.time(calls.read(node, Session.TIME).reply());
            node.master().clock().learn(asked, System.nanoTime(), micros);
        }
        CacheHealth.Clock clock = node.master().clock().beside(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
        return clock == null ? Duration.ZERO : clock.roundTrip();
    }

    private @Nullable Map<String, String> configuration(Node node) {
        Map<String, String> configuration = new LinkedHashMap<>();
        try {
            for (String name : wanted) {
                List<Object> pair =
                        calls.read(node, Session.CONFIG, "GET", name).reply();
                if (pair.size() == 2) {
                    configuration.put(name, new String((byte[]) pair.get(1), StandardCharsets.UTF_8));
                }
            }
            return configuration;
        } catch (FarRefusalException e) {
            return null;
        }
    }
}
