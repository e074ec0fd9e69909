package io.nearfar.far;

import io.nearfar.FarRefusalException;
import io.nearfar.entry.Envelope;
import io.nearfar.far.TagMemory.Verdict;
import io.nearfar.key.Keyspace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Which entries of one cache the invalidations of tags have left alive. An entry without tags, or above the last
 * invalidation in its partition, is live by what was read with it; for others the tag table is asked, once for each tag
 * and invalidation.
 */
final class TagLedger {
    private final Calls calls;
    private final Names names;
    private final TagMemory[] memories = IntStream.range(0, Keyspace.PARTITIONS)
            .mapToObj(i -> new TagMemory())
            .toArray(TagMemory[]::new);

    TagLedger(Calls calls, Names names) {
        this.calls = calls;
        this.names = names;
    }

    /** An entry as it was read, with the meta that was read in the same instant, and whether its time was over. */
    record Candidate(int partition, Envelope envelope, Meta meta, boolean isOver) {
        private List<String> tags() {
            return envelope.attributes().tags();
        }

        private long stamp() {
            return envelope.version().stamp();
        }
    }

    /** Says what is known of an entry without a question. */
    Verdict verdict(Candidate one) {
        if (!one.envelope.attributes().isTagged() || one.stamp() > one.meta.tagStamp()) {
            return Verdict.LIVE;
        }
        long outage = calls.troubles(one.partition);
        return memories[one.partition].verdict(one.stamp(), one.tags(), one.meta, outage);
    }

    /**
     * Tells whether an entry is live.
     *
     * @param until the instant of {@link System#nanoTime} until which the table may be asked for it
     * @throws io.nearfar.FarTierUnavailableException if the table is to be asked and does not answer
     */
    boolean admits(Candidate one, long until) {
        return verdict(one) == Verdict.LIVE || dead(List.of(one), until).isEmpty();
    }

    /**
     * Returns those of many entries that are dead; whatever is not known is asked of all partitions at once.
     *
     * @param until the instant of {@link System#nanoTime} until which the tables may be asked
     * @throws io.nearfar.FarTierUnavailableException if a table is to be asked and does not answer
     */
    Set<Candidate> dead(Collection<Candidate> many, long until) {
        Set<Candidate> dead = Collections.newSetFromMap(new IdentityHashMap<>());
        Map<Integer, Question> questions = new TreeMap<>();
        for (Candidate one : many) {
            switch (verdict(one)) {
                case LIVE -> {}
                case DEAD -> dead.add(one);
                case UNKNOWN ->
                    questions.computeIfAbsent(one.partition, Question::new).add(one);
            }
        }
        Map<Question, ReadCall> begun = new LinkedHashMap<>();
        questions.values().forEach(question -> begun.put(question, question.ask(until)));
        begun.forEach((question, call) -> question.answer(call, dead));
        return dead;
    }

    /** What one partition's table is asked. */
    private final class Question {
        private final int partition;
        private final List<Candidate> of = new ArrayList<>();
        private final TreeSet<String> tags = new TreeSet<>();
        private final long outage;
        private long tagStamp;

        Question(int partition) {
            this.partition = partition;
            this.outage = calls.troubles(partition);
        }

        void add(Candidate one) {
            of.add(one);
            tags.addAll(one.tags());
            tagStamp = Math.max(tagStamp, one.meta.tagStamp());
        }

        ReadCall ask(long until) {
            List<Object> words = new ArrayList<>(List.of(names.tags(partition), ""));
            words.addAll(tags);
            return calls.readUntil(until, partition, Session.HMGET, words.toArray());
        }

        /** Waits for the answer, and adds what is dead by it. */
        void answer(ReadCall call, Set<Candidate> dead) {
            TagTable table = reply(call);
            of.stream().filter(one -> !isLive(one, table)).forEach(dead::add);
        }

        /** What cannot be asked, for something else lies there or the user has no right to it, is no table just now. */
        private TagTable reply(ReadCall call) {
            try {
                TagTable table = TagTable.read(List.copyOf(tags), call.reply());
                memories[partition].learn(table, tagStamp, outage);
                return table;
            } catch (FarRefusalException e) {
                return TagTable.none();
            }
        }
    }

    private static boolean isLive(Candidate one, TagTable table) {
        return table.reaches(one.meta.tagStamp()) && table.admits(one.stamp(), one.tags());
    }
}
