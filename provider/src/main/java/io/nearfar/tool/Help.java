package io.nearfar.tool;

import java.util.ArrayList;
import java.util.List;

/** Says what the tool can do. */
final class Help {
    private static final String PROGRAM = "nearfar";
    private static final int WIDTH = 34;

    private Help() {}

    static Report run(Request request, Console console) {
        List<String> lines = request.words().isEmpty() ? ofAll() : of(Commands.named(request.word(0)));
        return new Report().with("help", lines).plain(String.join("\n", lines));
    }

    private static List<String> ofAll() {
        List<String> lines = new ArrayList<>();
        lines.add(PROGRAM + " <command> [redis://host:6379] …");
        lines.add("");
        Commands.ALL.forEach(command -> lines.add(line(command.usage(), command.summary())));
        lines.add("");
        Commands.COMMON.forEach(option -> lines.add(line(option.shown(), option.summary())));
        lines.add("");
        lines.add("Without an address that of the settings is taken: NEARFAR_ADDRESS, REDIS_URL, --config.");
        lines.add("Exit codes: 0 done, 1 not there or no, 2 wrong usage or settings, 3 no answer, 4 refused, 5 a fault;"
                + " of doctor 6 warnings, 7 errors.");
        return lines;
    }

    private static List<String> of(Command command) {
        List<String> lines = new ArrayList<>();
        String address = command.isOfServer() ? " [redis://host:6379]" : "";
        String words = command.words().isEmpty() ? "" : " " + command.words();
        lines.add(PROGRAM + " " + command.name() + address + words);
        lines.add("");
        lines.add(command.summary());
        lines.add("");
        command.options().forEach(option -> lines.add(line(option.shown(), option.summary())));
        Commands.COMMON.forEach(option -> lines.add(line(option.shown(), option.summary())));
        return lines;
    }

    private static String line(String left, String right) {
        String gap = left.length() > WIDTH - 2 ? "\n" + " ".repeat(2 + WIDTH) : " ".repeat(WIDTH - left.length());
        return "  " + left + gap + right;
    }
}
