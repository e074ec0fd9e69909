package io.nearfar.tool;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks of the tool.
 *
 * @param command what to do
 * @param address of the server, or null if the settings name it
 * @param words what follows the address
 * @param options what was said with two dashes; a flag has an empty text
 */
record Request(Command command, @Nullable String address, List<String> words, Map<Option, List<String>> options) {
    private static final int TOP = 20;

    String word(int at) {
        return words.get(at);
    }

    boolean has(Option option) {
        return options.containsKey(option);
    }

    /** Returns all that was said for an option. */
    List<String> all(Option option) {
        return options.getOrDefault(option, List.of());
    }

    /** Returns what was said last for an option, or null. */
    @Nullable
    String last(Option option) {
        List<String> all = all(option);
        return all.isEmpty() ? null : all.get(all.size() - 1);
    }

    /** Returns how many are wanted at most. */
    int top() {
        return (int) number(Option.TOP, TOP);
    }

    /** Returns the version of a cache that is meant. */
    int version(int otherwise) {
        String said = last(Option.VERSION);
        if (said == null) {
            return otherwise;
        }
        if (!said.matches("\\d{1,10}") || Long.parseLong(said) > Integer.MAX_VALUE) {
            throw ToolException.usage(Option.VERSION.written() + " takes a whole number from 0 to " + Integer.MAX_VALUE
                    + ", not " + said);
        }
        return Integer.parseInt(said);
    }

    /** Returns the number said for an option, from 1. */
    long number(Option option, long otherwise) {
        String said = last(option);
        if (said == null) {
            return otherwise;
        }
        if (!said.matches("[1-9]\\d{0,8}")) {
            throw ToolException.usage(option.written() + " takes a whole number from 1, not " + said);
        }
        return Long.parseLong(said);
    }

    /** Returns the length of time said for an option, in milliseconds, from 1. */
    long millis(Option option, long otherwise) {
        String said = last(option);
        if (said == null) {
            return otherwise;
        }
        BigDecimal millis =
                said.matches("\\d{1,9}(\\.\\d{1,3})?") ? new BigDecimal(said).movePointRight(3) : BigDecimal.ZERO;
        if (millis.signum() == 0) {
            throw ToolException.usage(option.written() + " takes a number of seconds, such as 60 or 0.5, not " + said);
        }
        return millis.longValueExact();
    }
}
