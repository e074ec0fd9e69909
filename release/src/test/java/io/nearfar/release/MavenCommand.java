package io.nearfar.release;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A command that begins with mvn, and what is wrong with it by the poms. */
record MavenCommand(String text) {
    private static final Pattern WORD = Pattern.compile("\"[^\"]*\"|\\S+");

    /** Options with a word of their own behind them, or none, that say nothing about the project. */
    private static final Set<String> OPTIONS = Set.of("-B", "-ntp", "-q", "-o", "-am", "-pl");

    private static final Set<String> PHASES =
            Set.of("clean", "validate", "test", "package", "verify", "install", "deploy");

    /** Those of Maven's own plugins, which no pom has to name. */
    private static final Set<String> PROPERTIES = Set.of(
            "skipTests",
            "test",
            "surefire.failIfNoSpecifiedTests",
            "checkstyle.skip",
            "spotless.check.skip",
            "jacoco.skip",
            "maven.repo.local",
            "newVersion");

    /** What the poms do not have of what it names. */
    List<String> unknownTo(Poms poms) {
        List<String> unknown = new ArrayList<>();
        List<String> words = words();
        for (int at = 1; at < words.size(); at++) {
            String word = words.get(at);
            if (word.equals("-pl")) {
                parts(words.get(++at))
                        .filter(module -> !poms.modules().contains(module))
                        .forEach(unknown::add);
            } else if (word.startsWith("-P")) {
                parts(word.substring(2))
                        .filter(profile -> !poms.profiles().contains(profile))
                        .forEach(unknown::add);
            } else if (word.startsWith("-D")) {
                String name = word.substring(2).replaceFirst("=.*", "");
                if (!PROPERTIES.contains(name) && !poms.properties().contains(name)) {
                    unknown.add(name);
                }
            } else if (!OPTIONS.contains(word) && !PHASES.contains(word) && !word.contains(":")) {
                unknown.add(word);
            }
        }
        return unknown;
    }

    private static Stream<String> parts(String list) {
        return Stream.of(list.split(","));
    }

    private List<String> words() {
        return WORD.matcher(text)
                .results()
                .map(MatchResult::group)
                .map(word -> word.replace("\"", ""))
                .toList();
    }
}
