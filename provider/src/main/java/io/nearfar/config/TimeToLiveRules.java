package io.nearfar.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How long entries live by what their keys look like: {@code *:24h 5m, *:1y daily}. The first rule that matches counts.
 *
 * @param rules in the order in which they were written
 */
public record TimeToLiveRules(List<Rule> rules) {
    /** No rule: the key is nothing to go by. */
    public static final TimeToLiveRules NONE = new TimeToLiveRules(List.of());

    private static final int MOST = 64;

    /** Keeps a copy. */
    public TimeToLiveRules {
        rules = List.copyOf(rules);
    }

    /**
     * One of them.
     *
     * @param keys what the key looks like as text; {@code *} stands for any characters
     * @param timeToLive how long such an entry lives after a write
     */
    public record Rule(String keys, Duration timeToLive) {
        /** Returns what tells whether the text of a key is meant. */
        public Predicate<String> matcher() {
            return KeyPattern.of(keys)::matches;
        }

        private static @Nullable Rule read(String text) {
            String[] words = text.strip().split("\\s+", -1);
            Duration length = words.length == 2 ? Lengths.parse(words[1]) : null;
            return length == null || length.toMillis() < 1 ? null : new Rule(words[0], length);
        }
    }

    /** Returns the rules that a text holds, or null if it holds none, or what is no rule. */
    static @Nullable TimeToLiveRules read(String text) {
        List<Rule> rules = new ArrayList<>();
        for (String each : text.split(",", -1)) {
            Rule rule = Rule.read(each);
            if (rule == null) {
                return null;
            }
            rules.add(rule);
        }
        return rules.size() > MOST ? null : new TimeToLiveRules(rules);
    }

    /** Returns a rule that never counts, because one before it matches whatever it matches; null if each can count. */
    @Nullable
    Rule idle() {
        for (int i = 0; i < rules.size(); i++) {
            String keys = rules.get(i).keys();
            Stream<Rule> before = rules.stream().limit(i);
            if (before.anyMatch(rule -> rule.matcher().test(keys))) {
                return rules.get(i);
            }
        }
        return null;
    }

    /** Returns the longest life that a rule gives, or {@code otherwise} if that is longer. */
    Duration longest(Duration otherwise) {
        return Stream.concat(Stream.of(otherwise), rules.stream().map(Rule::timeToLive))
                .max(Comparator.naturalOrder())
                .orElse(otherwise);
    }

    /** Tells whether there is none. */
    public boolean isEmpty() {
        return rules.isEmpty();
    }

    /** Returns the rules as they can be written. */
    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ");
        rules.forEach(rule -> text.add(rule.keys() + " " + Durations.written(rule.timeToLive())));
        return text.toString();
    }
}
