package io.nearfar.fault.mutant;

import static io.nearfar.fault.mutant.Patch.newScript;
import static io.nearfar.fault.mutant.Patch.ofClass;
import static io.nearfar.fault.mutant.Patch.ofScript;

import io.nearfar.fault.check.Invariant;
import java.util.List;

/** A way in which the main code could be wrong, and the invariant that must be reported then. */
enum Mutant {
    NO_TOKEN(
            Invariant.I8,
            Hunt.FIRST_READS,
            ofClass(
                    "near/NearTier",
                    "boolean outdated = lost || !fill.token.admits(version) || !offered.isLive(key, micros());",
                    "boolean outdated = lost || !offered.isLive(key, micros());")),
    TOKEN_NOT_ATOMIC_WITH_THE_INSERT(
            Invariant.I8,
            Hunt.FIRST_READS,
            ofClass(
                    "near/NearTier",
                    "boolean outdated = lost || !fill.token.admits(version) || !offered.isLive(key, micros());",
                    "boolean outdated = lost || !offered.isLive(key, micros());"),
            ofClass(
                    "near/NearTier",
                    "nodes.asMap().compute(keep.apply(fill.key), (k, held) -> newer(fill, k, offered, held));",
                    """
                    if (fill.token.admits(entry.version())) {
                        Thread.yield();
                        nodes.asMap().compute(keep.apply(fill.key), (k, held) -> newer(fill, k, offered, held));
                    }
                    """)),
    NO_GAP_CHECK(
            Invariant.I4,
            Hunt.LOST_MESSAGES,
            ofClass(
                    "invalidation/PartitionStream",
                    "if (!message.previous().equals(last) || !message.version().isAfter(last)) {",
                    "if (!message.version().isAfter(last)) {")),
    BEAT_COMPARED_AT_ONCE(
            Invariant.I4,
            Hunt.NO_MESSAGES,
            ofClass("invalidation/PartitionStream", "ahead(chain);", "listener.verified(partition, sentAt);")),
    NO_LEASE(Invariant.I4, Hunt.SILENCE, ofClass("near/NearLease", "return now - verified < nanos;", "return true;")),
    LAST_SEEN_MOVED_EARLY(
            Invariant.I4,
            Hunt.LOST_MESSAGES,
            ofClass(
                    "invalidation/PartitionStream",
                    "goals.add(new Goal(chain, sentAt));",
                    "moveTo(chain, false); listener.verified(partition, sentAt);")),
    PUBLICATION_OUTSIDE_THE_SCRIPT(
            Invariant.I5,
            Hunt.CUTS,
            ofScript(
                    "write",
                    "record(KEYS[3], ARGV[4], last, stamp, ENTRIES, ARGV[5] .. ARGV[6])",
                    "-- the client publishes"),
            ofScript("plain_write", "redis.call('SET', KEYS[3], mine)\n", ""),
            ofScript(
                    "plain_write",
                    "redis.call(ARGV[3], ARGV[4], '\\1\\1' .. last .. mine .. ARGV[5] .. ARGV[6])",
                    "-- the client publishes"),
            newScript("announce", """
                    local last = last_write(KEYS[1])
                    record(KEYS[1], ARGV[4], last, stamp_after(last), ENTRIES, ARGV[5] .. ARGV[6])
                    return {1}
                    """),
            ofClass("far/Script", "    WRITE(", "    ANNOUNCE,\n    WRITE("),
            ofClass("far/SingleChange", "if (reply.applied()) {", """
                    if (reply.applied() && !change.isRemoval()) {
                        calls.run(Script.ANNOUNCE, spot.partition(), new Arguments()
                                .key(spot.chain())
                                .add(spot.channel())
                                .add(spot.names().wire())
                                .add(spot.wire()));
                    }
                    if (reply.applied()) {""")),
    CLIENT_CLOCK(
            Invariant.I12,
            Hunt.WORK,
            ofClass(
                    "far/FarTier",
                    "return link::microsAt;",
                    "return nanoTime -> 1000 * (System.currentTimeMillis() + Long.getLong(\"skew\", 0));")),
    TAGS_NOT_HEARD(Invariant.I9, Hunt.TAGS, ofClass("near/Partition", "        tags.invalidate(dead, stamp);\n", "")),
    LOAD_THAT_OUTLIVES_ITS_TAGS(
            Invariant.I9,
            Hunt.TAGS,
            ofScript(
                    "prelude",
                    "if begun == 0 or not state or begun > state.tagged",
                    "if true or begun > state.tagged")),
    RELOAD_THAT_OUTLIVES_ITS_TAGS(
            Invariant.I9,
            Hunt.TAGS,
            ofClass(
                    "tier/LoadCoordinator",
                    "new Standing<>(found.entry().version(), found.asked(), found.entry())",
                    "new Standing<>(found.entry().version(), Change.ANY_TIME, found.entry())")),
    TAGS_NOT_REMEMBERED(
            Invariant.I9,
            Hunt.OUTAGE,
            ofClass("tier/FailOpen", "dirty.noteTags(tags, ending, partitions);", "dirty.outdate(tags);")),
    PATTERNS_NOT_HEARD(
            Invariant.I9,
            Hunt.EVICTIONS,
            ofClass("near/NearTier", "        partitions.of(partition).invalidatePattern(pattern, stamp);\n", "")),
    FILL_JUDGED_WHEN_IT_ENDS(
            Invariant.I9,
            Hunt.EVICTIONS,
            ofClass("near/NearTier", "mark(fill, entry.version());", """
                    int wait = java.util.concurrent.ThreadLocalRandom.current().nextInt(3) == 0 ? 100 : 0;
                    for (int i = 0; i < wait && fill.partition.patterns().last() < fill.judged + 3; i++) {
                        java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
                    }
                    mark(fill, entry.version());
                    """),
            ofClass(
                    "near/NearTier",
                    "micros() + stay(entry), fill.judged, text);",
                    "micros() + stay(entry), fill.partition.patterns().last(), text);")),
    LOAD_THAT_OUTLIVES_A_PATTERN(
            Invariant.I9,
            Hunt.PATTERNS,
            ofScript(
                    "remove_all",
                    "local held = holds(condition, before)",
                    "local held = holds(condition, before) and not (before and is_placeholder(before))")),
    PATTERN_THAT_MATCHES_TOO_MUCH(
            Invariant.I5,
            Hunt.PATTERNS,
            ofClass("key/Glob", "return pattern.append('*').toString();", "return \"*\";")),
    PATTERNS_NOT_REMEMBERED(
            Invariant.I9,
            Hunt.OUTAGE,
            ofClass("tier/FailOpen", "dirty.notePattern(pattern, partitions, matches);", "")),
    KEPT_THAT_OUTLIVES_ITS_REMOVAL(
            Invariant.I3,
            Hunt.ENDS,
            ofScript(
                    "remove",
                    "redis.call('DEL', KEYS[1])\nrecord(",
                    "redis.call('DEL', existed and KEYS[1] or KEYS[3])\nrecord(")),
    ABSENCE_THAT_OUTLIVES_A_PUT(
            Invariant.I5,
            Hunt.ENDS,
            ofScript(
                    "absent",
                    "if not before or not is_placeholder(before) or version_of(before) ~= ARGV[4] then",
                    "if false then")),
    NO_NOT_AFTER(Invariant.I7, Hunt.LATE_WRITES, ofScript("clock", "if now > tonumber(ARGV[1]) then", "if false then"));

    private final Invariant breaks;
    private final Hunt hunt;
    private final List<Patch> patches;

    Mutant(Invariant breaks, Hunt hunt, Patch... patches) {
        this.breaks = breaks;
        this.hunt = hunt;
        this.patches = List.of(patches);
    }

    /** Returns what must be reported. */
    Invariant breaks() {
        return breaks;
    }

    Hunt hunt() {
        return hunt;
    }

    List<Patch> patches() {
        return patches;
    }
}
