package io.nearfar.config;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A text of a named invalidation, in which parameters in braces stand for their values and a brace is written twice.
 *
 * @param text as it is written
 * @param segments what it is put together from, in order
 */
record InvalidationTemplate(String text, List<Segment> segments) {
    /** More are hardly meant, and would take the memory of the process. */
    private static final int MOST = 100_000;

    /**
     * A piece of it.
     *
     * @param literal what stands before the parameter, maybe nothing
     * @param parameter what comes after it, or null at the end of the text
     */
    record Segment(String literal, @Nullable String parameter) {}

    /**
     * Returns what a text says.
     *
     * @throws IllegalArgumentException if it says nothing that can be meant; the message goes on from the text and ends with the cure
     */
    static InvalidationTemplate read(String text, List<String> parameters, int longest) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("is empty. Leave it out");
        } else if (text.length() > longest) {
            throw new IllegalArgumentException(
                    "has " + text.length() + " characters, more than " + longest + ". Make it shorter");
        } else if (!isUnicode(text)) {
            throw new IllegalArgumentException("has half of a surrogate pair in it, which is no text. Leave it out");
        }
        return new InvalidationTemplate(text, segments(text, parameters));
    }

    private static List<Segment> segments(String text, List<String> parameters) {
        List<Segment> segments = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c != '{' && c != '}') {
                literal.append(c);
                at++;
            } else if (text.startsWith(String.valueOf(c).repeat(2), at)) {
                literal.append(c);
                at += 2;
            } else {
                int end = c == '{' ? text.indexOf('}', at) : -1;
                segments.add(new Segment(literal.toString(), parameter(text, at, end, parameters)));
                literal.setLength(0);
                at = end + 1;
            }
        }
        segments.add(new Segment(literal.toString(), null));
        return List.copyOf(segments);
    }

    private static String parameter(String text, int at, int end, List<String> parameters) {
        if (end < 0) {
            throw new IllegalArgumentException(
                    "has a single brace at position " + at + ". Write it twice if it is meant");
        }
        String name = text.substring(at + 1, end);
        if (parameters.contains(name)) {
            return name;
        }
        throw new IllegalArgumentException("names {" + name + "}, which is no parameter. "
                + (parameters.isEmpty()
                        ? "Name it among the parameters"
                        : "Write one of {" + String.join("}, {", parameters) + "}, or name it among the parameters"));
    }

    static boolean isUnicode(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** Returns the names of the parameters in it. */
    Set<String> parameters() {
        Set<String> names = new HashSet<>();
        segments.forEach(segment -> {
            if (segment.parameter() != null) {
                names.add(segment.parameter());
            }
        });
        return names;
    }

    /**
     * Returns the texts that it stands for: one for each way to choose values.
     *
     * @param values of each parameter
     * @param written how a value is written in the text
     * @throws IllegalArgumentException if there are more than a hundred thousand
     */
    List<String> texts(Map<String, List<String>> values, UnaryOperator<String> written) {
        List<Map<String, String>> choices = choices(values);
        List<String> texts = new ArrayList<>(choices.size());
        for (Map<String, String> choice : choices) {
            StringBuilder filled = new StringBuilder();
            for (Segment segment : segments) {
                filled.append(segment.literal());
                String parameter = segment.parameter();
                if (parameter != null) {
                    filled.append(written.apply(choice.getOrDefault(parameter, "")));
                }
            }
            texts.add(filled.toString());
        }
        return texts;
    }

    private List<Map<String, String>> choices(Map<String, List<String>> values) {
        List<Map<String, String>> choices = List.of(Map.of());
        for (String parameter : parameters()) {
            List<String> ofParameter = values.getOrDefault(parameter, List.of());
            if ((long) choices.size() * ofParameter.size() > MOST) {
                throw new IllegalArgumentException("The text \"" + text + "\" of an invalidation stands for more than "
                        + MOST + " texts with these arguments; use a coarser one, or fire it several times");
            }
            choices = chosen(choices, parameter, ofParameter);
        }
        return choices;
    }

    private static List<Map<String, String>> chosen(
            List<Map<String, String>> choices, String parameter, List<String> values) {
        List<Map<String, String>> more = new ArrayList<>(choices.size() * values.size());
        for (Map<String, String> choice : choices) {
            for (String value : values) {
                Map<String, String> with = new HashMap<>(choice);
                with.put(parameter, value);
                more.add(with);
            }
        }
        return more;
    }
}
