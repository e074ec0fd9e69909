package io.nearfar.tool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** One run of the tool, as whoever calls it sees it. */
record ToolRun(int exit, String out, String err) {
    private static final int SILENT = 3;
    private static final int TRIES = 5;

    /** Runs it until a server that is there answers, for which a busy machine may need longer than a start takes. */
    static ToolRun of(String... arguments) {
        ToolRun run = once(arguments);
        for (int tries = 1; run.exit == SILENT && tries < TRIES; tries++) {
            run = once(arguments);
        }
        return run;
    }

    /** Runs it once. */
    static ToolRun once(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = Tool.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                arguments);
        return new ToolRun(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Runs it for a program. */
    static ToolRun json(String... arguments) {
        return of(Stream.concat(Stream.of(arguments), Stream.of("--json")).toArray(String[]::new));
    }

    /** Returns the lines of the answer, with blanks as one. */
    List<String> lines() {
        return out.lines().map(line -> line.strip().replaceAll(" +", " ")).toList();
    }

    /** Returns the answer as a tree. */
    JsonNode tree() {
        return tree(out);
    }

    static JsonNode tree(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + json, e);
        }
    }
}
