package io.nearfar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The notices name the versions that are built with; which works they must name is seen on the packaged jar. */
class ThirdPartyNoticesTest {
    private static final String LABEL = "Artifact: ";

    @Test
    void artifacts_ofTheNotices_areOfTheVersionsOnTheClassPath() throws IOException {
        List<String> jars = classPath();
        assertThat(artifacts())
                .isNotEmpty()
                .allSatisfy(artifact -> assertThat(jars)
                        .anyMatch(jar -> jar.matches(artifact.replace(".", "\\.") + "(-linux.*)?\\.jar")));
    }

    /** Each artifact of the notices as its file is named, without the ending. */
    private static List<String> artifacts() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("THIRD-PARTY-NOTICES"))) {
            return lines.filter(line -> line.startsWith(LABEL))
                    .map(line -> line.substring(LABEL.length()).split(":"))
                    .map(coordinates -> coordinates[1] + "-" + coordinates[2])
                    .toList();
        }
    }

    private static List<String> classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(path -> new File(path).getName())
                .toList();
    }
}
