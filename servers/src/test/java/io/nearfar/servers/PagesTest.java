package io.nearfar.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages of the servers say what {@link ServerChecks} carry out, and the table of all names the versions that these run on. */
class PagesTest {
    private static final Path TABLE = ServerPage.FOLDER.resolve("README.md");

    static List<String> servers() throws IOException {
        try (Stream<Path> files = Files.list(ServerPage.FOLDER)) {
            return files.filter(file -> !file.equals(TABLE))
                    .map(file -> file.getFileName().toString().replace(".md", ""))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void page_hasARowInTheTable_withTheVersionThatIsRun(String server) throws IOException {
        String version = System.getProperty("version." + server);
        assertThat(version).as("version of " + server + " in the build").isNotEmpty();
        assertThat(Files.readAllLines(TABLE))
                .filteredOn(line -> line.contains("](" + server + ".md)"))
                .anySatisfy(row ->
                        assertThat(row).startsWith("| [").contains(" | " + version.replace(".Final", "") + " | "));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void page_saysWhereTheProviderGoes(String server) {
        ServerPage page = ServerPage.of(server);
        assertThat(page.jarsOfApplication(Place.APPLICATION.heading())).contains("WEB-INF/lib/nearfar-provider.jar");
        assertThat(page.jarsOfServer(Place.APPLICATION.heading())).isEmpty();
        assertThat(page.jarsOfServer(Place.SERVER.heading())).anyMatch(file -> file.endsWith("/nearfar-provider.jar"));
        assertThat(page.jarsOfApplication(Place.SERVER.heading()))
                .noneMatch(file -> file.endsWith("/nearfar-provider.jar"));
    }
}
