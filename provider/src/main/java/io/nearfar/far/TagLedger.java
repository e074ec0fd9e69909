package io.nearfar.far;

import io.nearfar.FarRefusalException;
import io.nearfar.entry.Envelope;
import io.nearfar.far.TagMemory.Verdict;
import io.nearfar.key.Keyspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

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

    /** An entry as it was read, with the meta that was read in the same instant. */
    record Candidate(int partition, Envelope envelope, Meta meta) {
        private List<String> tags() {
            return envelope.attributes().tags();
        }

        private long stamp() {
            return envelope.version().stamp();
        }
    }

    private Verdict verdict(Candidate one) {
        return one.envelope.attributes().isTagged()
                ? memories[one.partition].verdict(one.stamp(), one.tags(), one.meta)
                : Verdict.LIVE;
    }

    /**
     * Tells whether an entry is live.
     *
     * @throws io.nearfar.FarTierUnavailableException if the table is to be asked and does not answer
     */
    boolean admits(Candidate one) {
        Verdict verdict = verdict(one);
        return verdict == Verdict.UNKNOWN ? admits(one, new Question(one).answer()) : verdict == Verdict.LIVE;
    }

    private boolean admits(Candidate one, TagTable table) {
        return table.reaches(one.meta.tagStamp()) && table.admits(one.stamp(), one.tags());
    }

    /**
     * Asks for whatever is not known of many entries, all partitions at once, so that {@link #admits} need not.
     *
     * @throws io.nearfar.FarTierUnavailableException if a table does not answer
     */
    void learn(List<Candidate> many) {
        Map<Integer, Question> questions = new TreeMap<>();
        for (Candidate one : many) {
            if (verdict(one) == Verdict.UNKNOWN) {
                questions.merge(one.partition, new Question(one), Question::and);
            }
        }
        List<Question> begun = new ArrayList<>(questions.values());
        begun.forEach(Question::ask);
        begun.forEach(Question::answer);
    }

    /** What one partition's table is asked. */
    private final class Question {
        private final int partition;
        private final Meta meta;
        private final List<String> tags;
        private @Nullable ReadCall call;

        Question(Candidate one) {
            this(one.partition, one.meta, one.tags());
        }

        private Question(int partition, Meta meta, List<String> tags) {
            this.partition = partition;
            this.meta = meta;
            this.tags = tags;
        }

        /** Returns a question for the tags of both. */
        Question and(Question other) {
            TreeSet<String> all = new TreeSet<>(tags);
            all.addAll(other.tags);
            Meta newer = other.meta.tagStamp() > meta.tagStamp() ? other.meta : meta;
            return new Question(partition, newer, List.copyOf(all));
        }

        ReadCall ask() {
            List<Object> words = new ArrayList<>(List.of(names.tags(partition), ""));
            words.addAll(tags);
            call = calls.read(partition, Session.HMGET, words.toArray());
            return call;
        }

        TagTable answer() {
            TagTable table = reply(call == null ? ask() : call);
            memories[partition].learn(table, meta);
            return table;
        }

        /** What cannot be asked because something else lies there is no table. */
        private TagTable reply(ReadCall begun) {
            try {
                return TagTable.read(tags, begun.reply());
            } catch (FarRefusalException e) {
                return TagTable.none();
            }
        }
    }
}
