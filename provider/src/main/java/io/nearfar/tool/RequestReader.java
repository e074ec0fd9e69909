package io.nearfar.tool;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what stands on the command line: a command, perhaps an address, words, and options anywhere among them. */
final class RequestReader {
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://.*");
    private static final String NO_MORE_OPTIONS = "--";

    private final List<String> words = new ArrayList<>();
    private final Map<Option, List<String>> options = new EnumMap<>(Option.class);

    private RequestReader() {}

    /**
     * Returns the request.
     *
     * @throws ToolException if it is none; no text of it repeats what may be an address with a password
     */
    static Request read(String... arguments) {
        RequestReader reader = new RequestReader();
        reader.sort(List.of(arguments));
        return reader.request();
    }

    /** Tells whether a word looks like the address of a server, which may have a password in it. */
    static boolean isAddress(String word) {
        return ADDRESS.matcher(word).matches();
    }

    private void sort(List<String> arguments) {
        int at = 0;
        while (at < arguments.size()) {
            String argument = arguments.get(at++);
            if (argument.equals(NO_MORE_OPTIONS)) {
                words.addAll(arguments.subList(at, arguments.size()));
                return;
            } else if (argument.startsWith("--")) {
                at += take(argument, at < arguments.size() ? arguments.get(at) : null);
            } else {
                words.add(argument);
            }
        }
    }

    /** Takes an option; returns whether what follows belongs to it. */
    private int take(String argument, @Nullable String next) {
        int equals = argument.indexOf('=');
        String written = equals < 0 ? argument : argument.substring(0, equals);
        Option option = Option.of(written)
                .orElseThrow(() -> ToolException.usage("There is no option " + written + "; see help"));
        String given = equals < 0 ? next : argument.substring(equals + 1);
        if (!option.hasParameter() && equals >= 0 || option.hasParameter() && given == null) {
            throw ToolException.usage("It is written " + option.shown());
        }
        options.computeIfAbsent(option, key -> new ArrayList<>()).add(option.hasParameter() ? given : "");
        return option.hasParameter() && equals < 0 ? 1 : 0;
    }

    private Request request() {
        Command command = Commands.named(words.isEmpty() ? "help" : words.remove(0));
        boolean addressed = !words.isEmpty() && isAddress(words.get(0));
        String address = addressed && command.isOfServer() ? words.remove(0) : null;
        if (words.size() < command.fewest() || words.size() > command.most()) {
            throw ToolException.usage("It is written " + command.usage());
        }
        options.keySet().stream().filter(option -> !command.takes(option)).forEach(option -> {
            throw ToolException.usage(command.name() + " takes no " + option.written());
        });
        Request request = new Request(command, address, List.copyOf(words), options);
        List.of(Option.TOP, Option.COUNT, Option.RATE).forEach(option -> request.number(option, 1));
        request.millis(Option.FOR, 1);
        request.version(0);
        return request;
    }
}
