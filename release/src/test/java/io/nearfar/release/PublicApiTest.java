package io.nearfar.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What users can name changes only together with a file that shows the change to whoever reviews it. */
class PublicApiTest {
    @ParameterizedTest
    @EnumSource
    void publicPackages_areWhatTheFileSays(PublicPackages packages) throws IOException {
        Path known = Path.of("src/test/api", packages.artifact() + ".txt");
        Path found = Path.of("target/api", packages.artifact() + ".txt");
        List<String> lines = packages.lines();
        Files.createDirectories(found.getParent());
        Files.write(found, lines);
        assertThat(lines)
                .as(
                        "what users can name of %s; if the change is meant: cp release/%s release/%s, and say it in CHANGELOG.md"
                                .formatted(packages.artifact(), found, known))
                .isNotEmpty()
                .isEqualTo(Files.exists(known) ? Files.readAllLines(known) : List.of());
    }
}
