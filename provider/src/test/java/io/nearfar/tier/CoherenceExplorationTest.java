package io.nearfar.tier;

import static io.nearfar.tier.CoherenceModel.Actor.BEAT;
import static io.nearfar.tier.CoherenceModel.Actor.EVICTION;
import static io.nearfar.tier.CoherenceModel.Actor.FAR_EVICTION;
import static io.nearfar.tier.CoherenceModel.Actor.FLUSH;
import static io.nearfar.tier.CoherenceModel.Actor.LINK;
import static io.nearfar.tier.CoherenceModel.Actor.NETWORK;
import static io.nearfar.tier.CoherenceModel.Actor.OWN_PATTERNER;
import static io.nearfar.tier.CoherenceModel.Actor.OWN_REMOVER;
import static io.nearfar.tier.CoherenceModel.Actor.OWN_TAGGER;
import static io.nearfar.tier.CoherenceModel.Actor.OWN_WRITER;
import static io.nearfar.tier.CoherenceModel.Actor.PATTERNER;
import static io.nearfar.tier.CoherenceModel.Actor.READER;
import static io.nearfar.tier.CoherenceModel.Actor.REMOVER;
import static io.nearfar.tier.CoherenceModel.Actor.SECOND_READER;
import static io.nearfar.tier.CoherenceModel.Actor.TAGGER;
import static io.nearfar.tier.CoherenceModel.Actor.TIME;
import static io.nearfar.tier.CoherenceModel.Actor.WRITER;
import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.entry.Entry;
import io.nearfar.testing.TextFormat;
import io.nearfar.tier.CoherenceModel.Actor;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The near tier, the streams and the leases as they are, among all orders in which the steps of a few writers, readers,
 * beats and faults can fall: what is served near shows every write that was acknowledged a lease before, and nothing older
 * than what a caller of the node was told before.
 */
class CoherenceExplorationTest {
    private static final int RANDOM_SCHEDULES = 40_000;

    /** Another node has written the key, the messages of that and of the first beat have come, and this one has read it. */
    private static final List<String> KEPT =
            List.of(WRITER + ":0", NETWORK + ":0", NETWORK + ":0", READER + ":0", READER + ":0", READER + ":0");

    /** How many steps each actor has in a scope; small enough that every order is tried. */
    static List<Map<Actor, Integer>> scopes() {
        return List.of(
                Map.of(WRITER, 2, NETWORK, 2, READER, 3, TIME, 1),
                Map.of(WRITER, 1, NETWORK, 1, READER, 3, BEAT, 6, TIME, 1),
                Map.of(WRITER, 2, NETWORK, 1, READER, 3, BEAT, 3, TIME, 1),
                Map.of(WRITER, 1, NETWORK, 1, OWN_WRITER, 3, READER, 3, TIME, 1),
                Map.of(WRITER, 1, TAGGER, 1, NETWORK, 2, READER, 3, TIME, 1),
                Map.of(WRITER, 1, TAGGER, 1, NETWORK, 1, READER, 3, BEAT, 3, TIME, 1),
                Map.of(WRITER, 1, OWN_TAGGER, 3, NETWORK, 1, READER, 3, TIME, 1),
                Map.of(WRITER, 1, NETWORK, 1, READER, 3, BEAT, 3, FLUSH, 1, TIME, 1),
                Map.of(WRITER, 1, NETWORK, 1, READER, 3, BEAT, 3, LINK, 1, TIME, 1),
                Map.of(WRITER, 2, NETWORK, 1, READER, 6, BEAT, 1),
                Map.of(WRITER, 1, NETWORK, 1, READER, 3, SECOND_READER, 3, BEAT, 1),
                Map.of(WRITER, 2, READER, 3, SECOND_READER, 3, EVICTION, 1),
                Map.of(WRITER, 1, READER, 3, SECOND_READER, 3, BEAT, 1, LINK, 1),
                Map.of(OWN_WRITER, 3, READER, 3, BEAT, 3, LINK, 1),
                Map.of(WRITER, 1, REMOVER, 1, NETWORK, 1, READER, 3, SECOND_READER, 3),
                Map.of(WRITER, 1, OWN_REMOVER, 3, READER, 3, NETWORK, 1, BEAT, 1),
                Map.of(WRITER, 1, PATTERNER, 3, NETWORK, 1, READER, 3, FAR_EVICTION, 1),
                Map.of(WRITER, 1, OWN_PATTERNER, 3, NETWORK, 1, READER, 3, FAR_EVICTION, 1),
                Map.of(WRITER, 1, OWN_PATTERNER, 3, READER, 3, SECOND_READER, 3));
    }

    /** The same where an entry is kept that was verified. */
    static List<Map<Actor, Integer>> scopesOfAKeptEntry() {
        return List.of(
                Map.of(PATTERNER, 3, NETWORK, 2, FAR_EVICTION, 1, BEAT, 3, TIME, 1),
                Map.of(OWN_PATTERNER, 3, NETWORK, 1, FAR_EVICTION, 1, READER, 3, BEAT, 1),
                Map.of(OWN_PATTERNER, 3, FAR_EVICTION, 1, BEAT, 3, FLUSH, 1, TIME, 1),
                Map.of(PATTERNER, 3, FAR_EVICTION, 1, BEAT, 3, LINK, 1, TIME, 1));
    }

    @ParameterizedTest
    @MethodSource("scopes")
    void everyOrderOfASmallScope_servesNothingOlderThanTheLeaseOrThanBefore(Map<Actor, Integer> scope) {
        explore(scope, List.of());
    }

    @ParameterizedTest
    @MethodSource("scopesOfAKeptEntry")
    void everyOrderBehindAKeptEntry_servesNothingOlderThanTheLeaseOrThanBefore(Map<Actor, Integer> scope) {
        explore(scope, KEPT);
    }

    private static void explore(Map<Actor, Integer> scope, List<String> before) {
        long[] schedules = new long[2];
        explore(new EnumMap<>(scope), new ArrayList<>(before), schedules);
        assertThat(schedules[0]).as("schedules of %s", scope).isGreaterThan(500);
        assertThat(schedules[1]).as("near answers met in %s", scope).isGreaterThan(100);
    }

    /** Depth first; a step with two outcomes (a message that comes, or is lost) is tried with both. */
    private static void explore(Map<Actor, Integer> left, List<String> path, long[] counts) {
        boolean ended = true;
        for (Actor actor : Actor.values()) {
            int steps = left.getOrDefault(actor, 0);
            for (int outcome = 0; steps > 0 && outcome < actor.outcomes(); outcome++) {
                ended = false;
                path.add(actor + ":" + outcome);
                left.put(actor, steps - 1);
                explore(left, path, counts);
                left.put(actor, steps);
                path.remove(path.size() - 1);
            }
        }
        if (ended) {
            counts[0]++;
            counts[1] += run(path);
        }
    }

    private static long run(List<String> path) {
        CoherenceModel model = new CoherenceModel();
        long answers = 0;
        for (String step : path) {
            int colon = step.indexOf(':');
            model.step(Actor.valueOf(step.substring(0, colon)), Integer.parseInt(step.substring(colon + 1)));
            answers += model.check(path) ? 1 : 0;
        }
        return answers;
    }

    @Test
    void randomOrdersOfALargeScope_serveNothingOlderThanTheLeaseOrThanBefore() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Actor[] actors = Actor.values();
        long answers = 0;
        for (int schedule = 0; schedule < RANDOM_SCHEDULES; schedule++) {
            List<String> path = new ArrayList<>();
            int length = 20 + random.nextInt(40);
            for (int i = 0; i < length; i++) {
                Actor actor = actors[random.nextInt(actors.length)];
                boolean rare = actor == FLUSH || actor == LINK;
                if (!rare || random.nextInt(8) == 0) {
                    int outcome = random.nextInt(6) == 0 ? actor.outcomes() - 1 : 0;
                    path.add(actor + ":" + outcome);
                }
            }
            answers += run(path);
        }
        assertThat(answers).as("near answers met with seed %d", seed).isGreaterThan(RANDOM_SCHEDULES / 10);
    }

    /** Without it the exploration would prove nothing: it sees what a node without beats would serve. */
    @Test
    void model_withoutAMessage_findsTheStaleEntryThatTheLeaseHides() {
        CoherenceModel model = new CoherenceModel();
        model.step(WRITER, 0);
        model.step(NETWORK, 0);
        for (int i = 0; i < 3; i++) {
            model.step(READER, 0);
        }
        Entry<String> served = model.served();
        assertThat(served.value().get()).isEqualTo(new TextFormat().keep("v1").get());
        model.step(WRITER, 0);
        model.step(NETWORK, 1);
        assertThat(model.staleness()).as("the write has just been acknowledged").isZero();
        model.step(TIME, 0);
        assertThat(model.served()).as("the lease has ended").isNull();
        assertThat(model.stalenessOfWhatIsKept()).isEqualTo(CoherenceModel.PASSING);
    }
}
