package io.nearfar.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What says that it is published is named wherever published modules are listed. */
class PublishedModulesTest {
    private static final String BILL = "bom";

    /** Nobody writes documentation for users of a module that they cannot have. */
    @Test
    void modules_withDocumentation_arePublished() throws IOException {
        assertThat(modulesThatSay("<artifactId>maven-javadoc-plugin</artifactId>"))
                .isNotEmpty()
                .isEqualTo(publishedJars());
    }

    @Test
    void bill_namesEachPublishedJar() throws IOException {
        String bill = pom(BILL);
        String managed =
                bill.substring(bill.indexOf("<dependencyManagement>"), bill.indexOf("</dependencyManagement>"));
        assertThat(Stream.of(managed.split("<artifactId>nearfar-", -1)).skip(1).map(part -> part.split("<", 2)[0]))
                .containsExactlyInAnyOrderElementsOf(publishedJars());
    }

    @Test
    void publicPackages_areKnownOfEachPublishedJar() throws IOException {
        assertThat(Stream.of(PublicPackages.values())
                        .map(packages -> packages.artifact().replace("nearfar-", "")))
                .containsExactlyInAnyOrderElementsOf(publishedJars());
    }

    @ParameterizedTest
    @ValueSource(strings = {".ci/release", "build/twice", "docs/release.md"})
    void listsOfModules_nameEachThatIsPublished(String file) throws IOException {
        List<String> all = new ArrayList<>(List.of(BILL));
        all.addAll(publishedJars());
        assertThat(Files.readString(Path.of("..", file))).containsAnyOf(String.join(",", all), String.join(" ", all));
    }

    private static List<String> publishedJars() throws IOException {
        List<String> published = new ArrayList<>(modulesThatSay("<maven.deploy.skip>false</maven.deploy.skip>"));
        published.remove(BILL);
        return published;
    }

    /** In the order of the root pom. */
    private static List<String> modulesThatSay(String text) throws IOException {
        List<String> saying = new ArrayList<>();
        for (String module : pom(".").split("<module>", -1)) {
            String name = module.split("</module>", 2)[0];
            if (module.contains("</module>") && pom(name).contains(text)) {
                saying.add(name);
            }
        }
        return saying;
    }

    private static String pom(String module) throws IOException {
        return Files.readString(Path.of("..", module, "pom.xml"));
    }
}
