package io.nearfar.release;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What a command may name of the poms of the project. */
record Poms(Set<String> modules, Set<String> profiles, Set<String> properties) {
    private static final Pattern MODULE = Pattern.compile("<module>(.+?)</module>");
    private static final Pattern PROFILE =
            Pattern.compile("<profile>\\s*(?:<!--.*?-->\\s*)?<id>(.+?)</id>", Pattern.DOTALL);

    /** One that has a default, one that is used, and one that switches a profile on. */
    private static final Pattern PROPERTY = Pattern.compile(
            "<([a-zA-Z][\\w.-]+)(?:/>|>[^<]*</)|[$@]\\{([\\w.-]+)}|<property>\\s*<name>([\\w.-]+)</name>");

    static Poms ofTheProject() throws IOException {
        String root = Files.readString(Path.of("../pom.xml"));
        Set<String> modules = first(MODULE, root);
        List<String> poms = new ArrayList<>(List.of(root));
        for (String module : modules) {
            poms.add(Files.readString(Path.of("..", module, "pom.xml")));
        }
        String all = String.join("\n", poms);
        return new Poms(modules, first(PROFILE, all), first(PROPERTY, all));
    }

    private static Set<String> first(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(Poms::group).collect(toUnmodifiableSet());
    }

    private static String group(MatchResult found) {
        int group = 1;
        while (found.group(group) == null) {
            group++;
        }
        return found.group(group);
    }
}
