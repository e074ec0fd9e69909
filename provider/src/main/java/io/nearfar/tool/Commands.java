package io.nearfar.tool;

import static io.nearfar.tool.Option.CACHE;
import static io.nearfar.tool.Option.CONFIG;
import static io.nearfar.tool.Option.COUNT;
import static io.nearfar.tool.Option.FOR;
import static io.nearfar.tool.Option.JSON;
import static io.nearfar.tool.Option.PREFIX;
import static io.nearfar.tool.Option.RATE;
import static io.nearfar.tool.Option.SET;
import static io.nearfar.tool.Option.SOFT;
import static io.nearfar.tool.Option.TOP;
import static io.nearfar.tool.Option.VERSION;

import java.util.List;
import java.util.stream.Collectors;

/** All that the tool can do, in the order of its help. */
final class Commands {
    /** What every command takes. */
    static final List<Option> COMMON = List.of(JSON, PREFIX, CONFIG, SET);

    private static final int MANY = 1_000;

    static final List<Command> ALL = List.of(
            of("status", "", 0, 0, "the servers, and the caches with their entries", List.of(), Status::run),
            of(
                    "check",
                    "",
                    0,
                    0,
                    "connects as Nearfar does, and tells which rights are missing",
                    List.of(),
                    Check::run),
            of(
                    "check-config",
                    "<file>",
                    1,
                    1,
                    "reads a file of settings as Nearfar does, and tells what is wrong",
                    List.of(CACHE),
                    CheckConfig::run),
            of(
                    "doctor",
                    "",
                    0,
                    0,
                    "looks at settings and servers, and says what to change, the worst first",
                    List.of(CACHE),
                    Doctor::run),
            of("get", "<cache> <key>", 2, 2, "the value of an entry", List.of(VERSION), Get::run),
            of(
                    "explain",
                    "<cache> <key>",
                    2,
                    2,
                    "all that is known of an entry, and why it is dead",
                    List.of(VERSION),
                    Explain::run),
            of(
                    "invalidate",
                    "<cache> key|tag|prefix|pattern <name>…",
                    3,
                    MANY,
                    "ends the life of entries by their keys or tags, or by what keys look like, on all nodes",
                    List.of(VERSION, RATE, SOFT),
                    Invalidate::run),
            of(
                    "invalidate-named",
                    "<name> [<parameter>=<value>…]",
                    1,
                    MANY,
                    "fires an invalidation that the settings declare, in all its caches, on all nodes",
                    List.of(RATE),
                    InvalidateNamed::run),
            of(
                    "clear",
                    "[<cache>]",
                    0,
                    1,
                    "ends the life of all entries of a cache, or of all caches, on all nodes",
                    List.of(VERSION, Option.ALL),
                    Clear::run),
            of("largest", "", 0, 0, "the largest entries", List.of(CACHE, TOP), Largest::run),
            of("no-expiry", "", 0, 0, "entries that the server keeps for ever", List.of(CACHE, TOP), NoExpiry::run),
            of(
                    "watch",
                    "",
                    0,
                    0,
                    "what is written, removed, cleared and invalidated, as it happens",
                    List.of(CACHE, FOR, COUNT),
                    Watch::run),
            of("memory", "", 0, 0, "the servers' memory, its limit, and what was evicted", List.of(), Memory::run),
            of("slowlog", "", 0, 0, "calls that took the servers long", List.of(TOP), SlowLog::run),
            of(
                    "advise",
                    "",
                    0,
                    0,
                    "what time-to-live suits each cache, by ages, uses and changes",
                    List.of(CACHE, FOR),
                    Advise::run),
            of(
                    "bench",
                    "",
                    0,
                    0,
                    "writes and reads entries of a cache of its own, destroyed afterwards, and tells how fast that was",
                    List.of(FOR),
                    Bench::run),
            of("help", "[<command>]", 0, 1, "this text, or that of one command", List.of(), Help::run));

    private Commands() {}

    private static Command of(
            String name, String words, int fewest, int most, String summary, List<Option> options, Command.Work work) {
        return new Command(name, words, fewest, most, summary, options, work);
    }

    /** Returns the command of that name. */
    static Command named(String name) {
        return ALL.stream()
                .filter(command -> command.name().equals(name))
                .findFirst()
                .orElseThrow(() -> ToolException.usage("There is no such command. There are "
                        + ALL.stream().map(Command::name).collect(Collectors.joining(", "))));
    }
}
