package io.nearfar.far;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A call that took a server long.
 *
 * @param address of the server
 * @param number by which the server tells its slow calls apart
 * @param seconds when it was, since 1970
 * @param micros how long it took
 * @param call the command, or which of Nearfar's scripts it was
 * @param subject the first key, or what else came first
 */
public record SlowCall(String address, long number, long seconds, long micros, String call, String subject) {
    private static final int LONGEST = 120;

    /** Takes from a call what a person wants to know; values are left out, for they may be secret. */
    static SlowCall of(String address, List<Object> told) {
        List<String> words =
                ((List<?>) told.get(3)).stream().map(SlowCall::text).toList();
        String command = words.get(0).toUpperCase(Locale.ROOT);
        boolean script = command.startsWith("EVAL") && words.size() > 3;
        return new SlowCall(
                address,
                Numbers.of(told, 0),
                Numbers.of(told, 1),
                Numbers.of(told, 2),
                script ? command + " " + nameOf(words.get(1)) : command,
                shortened(words.size() < 2 ? "" : words.get(script ? 3 : 1)));
    }

    private static String nameOf(String script) {
        return Arrays.stream(Script.values())
                .filter(ours -> script.equals(ours.sha()) || script.equals(ours.text()))
                .map(ours -> ours.name().toLowerCase(Locale.ROOT))
                .findFirst()
                .orElse("of another");
    }

    private static String text(Object word) {
        return new String((byte[]) word, StandardCharsets.UTF_8);
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
