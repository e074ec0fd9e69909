package io.nearfar.fault.check;

import io.nearfar.fault.history.Kind;
import io.nearfar.fault.history.Operation;
import io.nearfar.fault.history.Outcome;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a node was told in an outage may come to nothing, for nobody can tell which of two changes came later. But no thread of
 * that node sees what came before it, neither in the outage nor after it: it is settled before any answer of the far tier is
 * believed. Where caches throw, nothing is noted.
 */
final class Notes implements Rule {
    /** Whether others were refused, or came to anything, is not known if something else was in trouble meanwhile. */
    private static final Set<Kind> NOTED_WHEN_OPEN = EnumSet.of(
            Kind.PUT, Kind.PUT_ALL, Kind.REMOVE, Kind.EXPIRE, Kind.CLEAR, Kind.INVALIDATE, Kind.INVALIDATE_LIKE);

    @Override
    public void check(History history, Bounds bounds, Findings findings) {
        if (bounds.failsOpen()) {
            history.keys().forEach(key -> check(key, notes(key, history), findings));
        }
    }

    private static List<Write> notes(KeyHistory key, History history) {
        return key.writes().stream()
                .filter(write -> isNote(write.by()) && !history.mayBeLost(write.by()))
                .toList();
    }

    private static boolean isNote(Operation by) {
        return by.outcome() == Outcome.NOTED && NOTED_WHEN_OPEN.contains(by.kind());
    }

    private static void check(KeyHistory key, List<Write> notes, Findings findings) {
        if (!notes.isEmpty()) {
            key.sightings().forEach(read -> check(key.writeOf(read.value()), read, notes, findings));
        }
    }

    private static void check(Write seen, Read read, List<Write> notes, Findings findings) {
        Operation by = read.by();
        notes.stream()
                .filter(note -> note.concerns(seen.value()) && read.minds(note))
                .map(Write::by)
                .filter(note -> note.caller().node() == by.caller().node())
                .filter(note -> note.returned() < by.lastInvoked() && seen.orderedBy() < note.invoked())
                .findFirst()
                .ifPresent(note -> findings.add(
                        note.kind().isSweeping() ? Invariant.I9 : Invariant.I3,
                        "a node read what came before a change that it was told in an outage: read, change, write",
                        by,
                        note,
                        seen.by()));
    }
}
