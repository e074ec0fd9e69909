package io.nearfar.cdi.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the compiler is given for a block of a page.
 *
 * <p>A program, which has a {@code package} or a {@code main}, is compiled as it stands there. Anything else is part of a class:
 * declarations become its members, statements the body of a method. Its imports stand before these; those of {@link #USUAL} need
 * not be said. What the page takes as given, such as a {@code database}, stands in {@code src/test/pages}, in a file named after
 * the page: imports, and members that the class inherits. <code>{ … }</code> is a body that is left out, and a line with
 * nothing but <code>…</code> is left out as well.
 */
final class Units {
    private static final Path GIVEN = Path.of("src/test/pages");
    private static final Pattern PROGRAM = Pattern.compile("(?m)^package |\\bvoid main\\(");
    private static final Pattern NAME =
            Pattern.compile("(?m)^(?:public )?(?:abstract |final )?(?:class|interface|record|enum) (\\w+)");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
    private static final Pattern IMPORT = Pattern.compile("(?m)^import (static )?[\\w.]*?(\\w+|\\*);\n");
    private static final Pattern TYPE_LEFT_OUT = Pattern.compile("((?:class|interface|record|enum) [^{};]*)\\{ … }");

    private static final List<String> USUAL = List.of(
            "io.nearfar.*",
            "io.nearfar.cdi.annotation.*",
            "io.nearfar.cdi.fragment.*",
            "io.nearfar.cdi.model.*",
            "io.nearfar.cdi.request.*",
            "io.nearfar.cdi.status.ReadinessCheck",
            "jakarta.enterprise.context.*",
            "jakarta.enterprise.event.*",
            "jakarta.inject.*",
            "jakarta.persistence.*",
            "jakarta.ws.rs.*",
            "jakarta.ws.rs.core.*",
            "java.time.Duration",
            "java.util.*",
            "java.util.concurrent.*",
            "javax.cache.*",
            "javax.cache.Cache",
            "javax.cache.annotation.*",
            "javax.cache.configuration.*",
            "javax.cache.event.*",
            "javax.cache.expiry.CreatedExpiryPolicy",
            "javax.cache.spi.*",
            "javax.sql.DataSource",
            "org.eclipse.microprofile.health.*");

    private Units() {}

    /** Returns the sources for a block by the names of their classes. */
    static Map<String, String> of(Page page, Page.Block block) throws IOException {
        if (PROGRAM.matcher(block.code()).find()) {
            return Map.of(nameOf(block.code()), block.code());
        }
        String home = "line" + block.line();
        String given = given(page);
        String code = completed(block.code());
        String members = IMPORT.matcher(code).replaceAll("");
        Map<String, String> sources = new LinkedHashMap<>();
        sources.put(
                home + ".Given",
                "package " + home + ";\n" + imports(given) + "class Given {\n"
                        + IMPORT.matcher(given).replaceAll("") + "}\n");
        sources.put(
                home + ".Shown",
                "package " + home + ";\n" + imports(given + code) + "class Shown extends Given {\n"
                        + Chunks.members(members) + "void shown() throws Exception {\n" + Chunks.statements(members)
                        + "}\n}\n");
        return sources;
    }

    /** Returns the file of what a page takes as given, which need not be there. */
    static Path givenOf(Page page) {
        return GIVEN.resolve(page.name().replaceFirst("^docs/", "").replaceFirst("\\.md$", ".java"));
    }

    /** Returns all such files. */
    static List<Path> allGiven() throws IOException {
        try (var files = Files.walk(GIVEN)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static String given(Page page) throws IOException {
        Path file = givenOf(page);
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private static String nameOf(String program) {
        Matcher name = NAME.matcher(program);
        if (!name.find()) {
            throw new IllegalArgumentException("No class in\n" + program);
        }
        Matcher home = PACKAGE.matcher(program);
        return (home.find() ? home.group(1) + "." : "") + name.group(1);
    }

    /** Of several imports of one simple name the last counts, so that a page may have another Duration. */
    private static String imports(String code) {
        Map<String, String> imports = new LinkedHashMap<>();
        List<String> lines = new ArrayList<>();
        USUAL.forEach(name -> lines.add("import " + name + ";\n"));
        IMPORT.matcher(code).results().map(MatchResult::group).forEach(lines::add);
        for (String line : lines) {
            Matcher found = IMPORT.matcher(line);
            if (found.matches()) {
                imports.put("*".equals(found.group(2)) ? line : found.group(2), line);
            }
        }
        return String.join("", imports.values());
    }

    private static String completed(String code) {
        String types = TYPE_LEFT_OUT.matcher(code).replaceAll("$1{ }");
        return types.replace("{ … }", "{ throw new UnsupportedOperationException(); }")
                .replaceAll("(?m)^ *…$", "");
    }
}
