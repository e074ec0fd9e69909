package io.nearfar.tool;

import java.util.List;

/**
 * Something that the tool can do.
 *
 * @param name how it is called
 * @param words what it takes, address and options aside, such as {@code <cache> <key>}
 * @param fewest how many words it takes at least
 * @param most how many at most
 * @param summary what it does
 * @param options what it takes beside the options that all take
 * @param work does it
 */
record Command(String name, String words, int fewest, int most, String summary, List<Option> options, Work work) {
    /** Does something and says what came of it. */
    @FunctionalInterface
    interface Work {
        Report run(Request request, Console console);
    }

    /** Returns how it is written, for the help. */
    String usage() {
        return name + (words.isEmpty() ? "" : " " + words);
    }

    /** Tells whether it takes the address of a server. */
    boolean isOfServer() {
        return !name.equals("help") && !name.equals("check-config");
    }

    boolean takes(Option option) {
        return options.contains(option) || Commands.COMMON.contains(option);
    }
}
