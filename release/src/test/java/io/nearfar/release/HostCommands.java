package io.nearfar.release;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** What a host is told to run, by the text of the file that it reads. */
final class HostCommands {
    /** With or without brackets, named among other arguments or not, in any quotes of Groovy's. */
    private static final Pattern STEP = Pattern.compile(
            "\\b(?:sh|bat|pwsh|powershell)\\b\\s*\\(?\\s*(?:\\w+:\\s*\\w+,\\s*|label:\\s*(?:'[^']*'|\"[^\"]*\"),\\s*)*(?:script:\\s*)?"
                    + "(?:'''(.+?)'''|\"\"\"(.+?)\"\"\"|'([^'\n]+)'|\"([^\"\n]+)\")",
            Pattern.DOTALL);

    /** A matrix of GitHub's gives commands to a step by the last. */
    private static final Set<String> WORDS = Set.of("run", "script", "before_script", "after_script", "command");

    private HostCommands() {}

    static Stream<String> ofJenkins(String text) {
        return STEP.matcher(text)
                .results()
                .map(found -> Stream.of(1, 2, 3, 4)
                        .map(found::group)
                        .filter(group -> group != null)
                        .findFirst()
                        .orElseThrow()
                        .strip());
    }

    /** Of GitHub and GitLab, wherever in the file they stand. */
    static Stream<String> ofYaml(String text) {
        Stream.Builder<String> commands = Stream.builder();
        collect(new Yaml().load(text), commands);
        return commands.build();
    }

    private static void collect(Object node, Stream.Builder<String> commands) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (WORDS.contains(String.valueOf(key)) && !(value instanceof Map)) {
                    add(value, commands);
                } else {
                    collect(value, commands);
                }
            });
        } else if (node instanceof List<?> list) {
            list.forEach(item -> collect(item, commands));
        }
    }

    /** One or several, also in lists within lists. */
    private static void add(Object value, Stream.Builder<String> commands) {
        if (value instanceof List<?> list) {
            list.forEach(item -> add(item, commands));
        } else if (!String.valueOf(value).startsWith("${{")) {
            commands.add(String.valueOf(value).strip());
        }
    }
}
