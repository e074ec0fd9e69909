package io.nearfar.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The page of a server in {@code docs/servers}, whose steps the tests carry out: a block of lines lists the files to be put
 * somewhere, and a block after a line that ends with a path and a colon is the content of that file.
 */
final class ServerPage {
    /** The folder of the pages. */
    static final Path FOLDER = Path.of("../docs/servers");

    private static final String OF_WAR = "WEB-INF/";
    private static final Pattern BLOCK = Pattern.compile("(?ms)^(?:[^\n`]*`([^`\n]+)`:\n\n)?```(\\w+)\n(.*?)^```$");

    private final String text;

    private ServerPage(String text) {
        this.text = text;
    }

    static ServerPage of(String server) {
        try {
            return new ServerPage(Files.readString(FOLDER.resolve(server + ".md")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the jars that go into the application, by their path in the WAR. */
    List<String> jarsOfApplication(String heading) {
        return files(heading).filter(file -> file.startsWith(OF_WAR)).toList();
    }

    /** Returns the jars that go into the server, by their path below its folder. */
    List<String> jarsOfServer(String heading) {
        return files(heading)
                .filter(file -> !file.startsWith(OF_WAR))
                .map(ServerPage::below)
                .toList();
    }

    private Stream<String> files(String heading) {
        return blocks(heading)
                .filter(block -> block.group(2).equals("text"))
                .flatMap(block -> block.group(3).lines());
    }

    /** Returns the files of the server whose content the page shows, by their path below its folder. */
    Map<String, String> contents(String heading) {
        Map<String, String> contents = new LinkedHashMap<>();
        blocks(heading)
                .filter(block -> block.group(1) != null)
                .forEach(block -> contents.put(below(block.group(1)), block.group(3)));
        return contents;
    }

    /** Returns the commands that are to be given to a program of the server, one a line. */
    List<String> commands(String heading, String language) {
        return blocks(heading)
                .filter(block -> block.group(1) == null && block.group(2).equals(language))
                .flatMap(block -> block.group(3).lines())
                .toList();
    }

    private Stream<MatchResult> blocks(String heading) {
        return BLOCK.matcher(section(heading)).results();
    }

    private String section(String heading) {
        Matcher found = Pattern.compile("(?ms)^## " + Pattern.quote(heading) + "$(.*?)(?=^## |\\z)")
                .matcher(text);
        if (!found.find()) {
            throw new IllegalStateException("No part of the page has the heading " + heading);
        }
        return found.group(1);
    }

    /** Without the name of the server's folder, which begins with a dollar sign. */
    private static String below(String path) {
        return path.replaceFirst("^\\$\\w+/", "");
    }
}
