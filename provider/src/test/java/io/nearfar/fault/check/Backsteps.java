package io.nearfar.fault.check;

import io.nearfar.fault.history.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * No node sees an older version of a key after a newer one, nor one that had gone when it saw an absence. An absence
 * tells nothing in a cache that fails open, and nothing of a load, whose result may come at any time. What a failover may
 * have undone was seen rightly all the same, and need not have been seen before by who asked the other server.
 *
 * <p>Excused: in an outage a node answers with what it was told in it, also after a read that was under way when it was
 * told has brought its caller something newer. And where an end keeps the result of a load from being stored, who waits for it
 * is handed it all the same; what is kept, which is older, answers who may load afterwards.
 */
final class Backsteps implements Rule {
    @Override
    public void check(History history, Bounds bounds, Findings findings) {
        for (KeyHistory key : history.keys()) {
            byNode(key.sightings())
                    .forEach((node, sightings) -> checkSightings(key, sightings, history, bounds, findings));
            if (!bounds.failsOpen()) {
                Map<Integer, List<Read>> sightings = byNode(key.sightings());
                byNode(key.absences())
                        .forEach((node, absences) -> checkAbsences(
                                key, absences, sightings.getOrDefault(node, List.of()), history, findings));
            }
        }
    }

    private static Map<Integer, List<Read>> byNode(Stream<Read> reads) {
        return reads.sorted(Comparator.comparingLong(read -> read.by().returned()))
                .collect(Collectors.groupingBy(read -> read.by().caller().node()));
    }

    private static void checkSightings(
            KeyHistory key, List<Read> all, History history, Bounds bounds, Findings findings) {
        List<Read> later = all.stream()
                .sorted(Comparator.comparingLong(read -> read.by().lastInvoked()))
                .toList();
        List<Read> lasting = all.stream()
                .filter(read -> !history.mayBeLost(key.writeOf(read.value()).by()))
                .toList();
        Read newestSeen = null;
        Read newestStored = null;
        int at = 0;
        for (Read read : later) {
            for (; at < lasting.size() && returnedBefore(lasting.get(at), read); at++) {
                Read before = lasting.get(at);
                newestSeen = newer(key, newestSeen, before);
                newestStored = key.mayHaveBeenKeptOut(before) ? newestStored : newer(key, newestStored, before);
            }
            Read newest = read.mayLoad() ? newestStored : newestSeen;
            Write seen = key.writeOf(read.value());
            if (newest != null && seen.orderedBy() < earliest(key, newest) && !read.isOwnOfAnOutage(seen, bounds)) {
                findings.add(
                        Invariant.I2,
                        "an older version was read after a newer one",
                        newest.by(),
                        read.by(),
                        key.writeOf(newest.value()).by(),
                        seen.by());
            }
        }
    }

    private static Read newer(KeyHistory key, Read newest, Read read) {
        return newest == null || earliest(key, read) > earliest(key, newest) ? read : newest;
    }

    private static boolean returnedBefore(Read first, Read second) {
        return first.by().returned() < second.by().lastInvoked();
    }

    private static long earliest(KeyHistory key, Read read) {
        return key.writeOf(read.value()).earliest();
    }

    private static void checkAbsences(
            KeyHistory key, List<Read> absences, List<Read> sightings, History history, Findings findings) {
        List<Write> undone = key.removals()
                .filter(removal -> history.mayBeLost(removal.by()))
                .toList();
        for (Read read : sightings) {
            Write write = key.writeOf(read.value());
            boolean kept = read.mayLoad(); // whoever read nothing may have been told that it has ended
            boolean lasting =
                    !kept && !history.mayBeLost(write.by()) && undone.stream().allMatch(it -> it.isBefore(write));
            if (write.by().kind() == Kind.LOAD || !lasting) {
                continue;
            }
            for (Read absence : absences) {
                if (returnedBefore(absence, read) && absence.by().invoked() > write.latest()) {
                    findings.add(Invariant.I2, "what had gone was read again", absence.by(), read.by(), write.by());
                    break;
                }
            }
        }
    }
}
