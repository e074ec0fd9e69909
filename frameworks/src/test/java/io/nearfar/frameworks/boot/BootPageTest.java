package io.nearfar.frameworks.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.frameworks.FrameworkPage;
import io.nearfar.testing.RealRedis;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.loader.tools.Library;
import org.springframework.boot.loader.tools.LibraryScope;
import org.springframework.boot.loader.tools.Repackager;

/** The program of the page as it stands there, in an executable jar as Boot's plugin makes it, in a process of its own. */
@Timeout(180)
class BootPageTest {
    private static final FrameworkPage PAGE = FrameworkPage.of("spring-boot");

    /** What {@code spring-boot-starter-cache} and the provider bring, of all that is on this class path. */
    private static final Pattern LIBRARIES =
            Pattern.compile("(spring-(?!web|boot-(actuator|loader|starter-(actuator|json|tomcat|web)))"
                    + "|logback|log4j|jul-to|slf4j-api|micrometer-(commons|observation)|jakarta.annotation|snakeyaml|cache-api|nearfar-provider)"
                    + "(?!.*-tests).*\\.jar");

    @TempDir
    Path folder;

    @Test
    void pom_namesWhatIsOnThisClassPath() {
        assertThat(PAGE.block("pom.xml")).contains("<version>" + SpringBootVersion.getVersion() + "</version>");
    }

    @Test
    void program_inAnExecutableJar_printsWhatThePageSays() throws Exception {
        Path jar = executable();
        String all = PAGE.blockWith("asking for Lisbon\nCity");
        try (RealRedis redis = RealRedis.start()) {
            assertThat(run(jar, Map.of("NEARFAR_ADDRESS", ""))).endsWith(all).contains("mode near");
            Map<String, String> tiered = Map.of("NEARFAR_ADDRESS", redis.address(), "NEARFAR_DEADLINE", "9s");
            assertThat(run(jar, tiered)).endsWith(all).contains("mode tiered");
            assertThat(run(jar, tiered))
                    .as("once more")
                    .doesNotContain("asking")
                    .endsWith(all.replaceFirst("asking.*\n", ""));
            assertThat((List<?>) redis.call("KEYS", "{guide~*}:e:cities:*"))
                    .as("keys of the application")
                    .isNotEmpty();
        }
    }

    @Test
    void otherClasses_compile() throws IOException {
        compile(Files.createDirectories(folder.resolve("other")), PAGE.javaBlocks());
    }

    private Path executable() throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        compile(classes, List.of(PAGE.block("src/main/java/guide/Guide.java")));
        for (String name : List.of("application.properties", "nearfar.properties")) {
            Files.writeString(classes.resolve(name), PAGE.block("src/main/resources/" + name));
        }
        Path jar = packed(classes);
        Repackager repackager = new Repackager(jar.toFile());
        repackager.setMainClass("guide.Guide");
        File executable = folder.resolve("guide-1.jar").toFile();
        repackager.repackage(executable, callback -> {
            for (Path library : libraries()) {
                callback.library(new Library(library.toFile(), LibraryScope.COMPILE));
            }
        });
        return executable.toPath();
    }

    private Path packed(Path classes) throws IOException {
        Path jar = folder.resolve("plain.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                entries.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, entries);
            }
        }
        return jar;
    }

    private static List<Path> libraries() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> LIBRARIES.matcher(path.getFileName().toString()).matches())
                .toList();
    }

    private void compile(Path classes, List<String> sources) throws IOException {
        for (String source : sources) {
            Path file = Files.writeString(folder.resolve(FrameworkPage.classOf(source) + ".java"), source);
            String[] words = {
                "-d",
                classes.toString(),
                "-parameters",
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                file.toString()
            };
            assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, words))
                    .isZero();
        }
    }

    /** Runs the jar to its end; returns all that was printed and logged. */
    private String run(Path jar, Map<String, String> environment) throws Exception {
        Path printed = folder.resolve("printed");
        ProcessBuilder command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar.toString())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        command.environment().putAll(environment);
        Process process = command.start();
        try {
            assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("it ends").isTrue();
            assertThat(process.exitValue()).as(Files.readString(printed)).isZero();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(printed);
    }
}
