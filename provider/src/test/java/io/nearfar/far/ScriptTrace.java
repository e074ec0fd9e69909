package io.nearfar.far;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * What a script did.
 *
 * @param reply what it replied, bytes in hexadecimal
 * @param changes the commands that it gave, but for those that only read, in their order and with all arguments
 */
record ScriptTrace(List<Object> reply, List<Object> changes) {
    private static final long MICROS_OF_A_SECOND = 1_000_000;

    /** Notes the commands of a script, whose clock shows what the last arguments say; it is given the others alone. */
    private static final String TRACING = """
            local server, changes = redis, {}
            local micros, seconds = table.remove(ARGV), table.remove(ARGV)
            local reading = {GET = true, MGET = true, GETRANGE = true, STRLEN = true, HMGET = true, PTTL = true}
            local function noted(run, ...)
              local words = {...}
              if words[1] == 'TIME' then
                return {seconds, micros}
              elseif not reading[words[1]] then
                for i, word in ipairs(words) do
                  words[i] = type(word) == 'number' and string.format('%%.0f', word) or word
                end
                changes[#changes + 1] = table.concat(words, ' ')
              end
              return run(...)
            end
            local redis = setmetatable({
              call = function(...) return noted(server.call, ...) end,
              pcall = function(...) return noted(server.pcall, ...) end
            }, {__index = server})
            local function script()
            %s
            end
            return {script(), changes}
            """;

    /** Returns a script's text as it lies among the resources. */
    static String text(String name) {
        try (InputStream in = Objects.requireNonNull(Script.class.getResourceAsStream(name + ".lua"), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8) + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a script on a server whose clock shows an instant; arguments begin with the nonce. */
    static ScriptTrace of(ScriptBench bench, String script, long now, List<String> keys, Object... arguments) {
        List<Object> words = new ArrayList<>(List.of("EVAL", TRACING.formatted(script), keys.size()));
        words.addAll(keys);
        words.add(now);
        words.addAll(Arrays.asList(arguments));
        words.addAll(List.of(now / MICROS_OF_A_SECOND, now % MICROS_OF_A_SECOND));
        List<Object> both = ScriptBench.list(bench.call(words.toArray()));
        return new ScriptTrace(readable(both.get(0)), readable(both.get(1)));
    }

    private static List<Object> readable(Object parts) {
        return ScriptBench.list(parts).stream().map(ScriptTrace::readablePart).toList();
    }

    private static Object readablePart(Object part) {
        return part instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : String.valueOf(part);
    }
}
