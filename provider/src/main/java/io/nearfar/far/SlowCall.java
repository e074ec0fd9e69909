package io.nearfar.far;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A call that took a server long.
 *
 * @param address of the server
 * @param number by which the server tells its slow calls apart
 * @param seconds when it was, since 1970
 * @param micros how long it took
 * @param call the command, or which of Nearfar's scripts it was
 * @param subject the first key of a script, or the first argument of another command; empty if there is none, or it is
 *     sure to be a value
 */
public record SlowCall(String address, long number, long seconds, long micros, String call, String subject) {
    private static final int LONGEST = 120;
    private static final int KEYS_AT = 2;

    /** Whose first argument is what they answer. */
    private static final Set<String> OF_A_VALUE = Set.of("ECHO", "PING");

    /** Takes from a call what a person wants to know; of further arguments nothing, for they may be secret. */
    static SlowCall of(String address, List<Object> told) {
        List<String> words =
                ((List<?>) told.get(3)).stream().map(SlowCall::text).toList();
        String command = words.get(0).toUpperCase(Locale.ROOT);
        boolean named = command.startsWith("EVAL") && words.size() > 1;
        return new SlowCall(
                address,
                Numbers.of(told, 0),
                Numbers.of(told, 1),
                Numbers.of(told, 2),
                named ? command + " " + nameOf(words.get(1)) : command,
                shortened(subject(command, words)));
    }

    private static String subject(String command, List<String> words) {
        if (command.startsWith("EVAL") || command.startsWith("FCALL")) {
            return hasKeys(words) ? words.get(KEYS_AT + 1) : "";
        }
        return words.size() < 2 || OF_A_VALUE.contains(command) ? "" : words.get(1);
    }

    /** Behind a script stands how many keys it has; what follows no keys is an argument. */
    private static boolean hasKeys(List<String> words) {
        return words.size() > KEYS_AT + 1 && words.get(KEYS_AT).matches("[1-9]\\d*");
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
