package io.nearfar.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yaml.snakeyaml.Yaml;

/** The bills of materials that the profile release makes, beside the notices and licences of what they list. */
class BillsTest {
    private static final String LABEL = "Artifact: ";

    @Test
    void bill_ofTheProvider_namesWhatTheNoticesName() throws IOException {
        assertThat(components("nearfar-provider").map(BillsTest::coordinates).distinct())
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(noticed());
    }

    @ParameterizedTest
    @EnumSource
    void components_ofEachBill_haveALicence(PublicPackages packages) throws IOException {
        assertThat(components(packages.artifact()))
                .isNotEmpty()
                .allSatisfy(component -> assertThat(component.get("licenses"))
                        .asInstanceOf(InstanceOfAssertFactories.LIST)
                        .isNotEmpty());
    }

    /** Its components, one for each work, whatever platforms it is for. */
    @SuppressWarnings("unchecked")
    private static Stream<Map<String, Object>> components(String artifact) throws IOException {
        Path bill = Path.of("..", artifact.replace("nearfar-", ""), "target/cyclonedx.json");
        assumeTrue(Boolean.getBoolean("release.bills") || Files.exists(bill), "made by the profile release alone");
        Map<String, Object> root = new Yaml().load(Files.readString(bill));
        return ((List<Map<String, Object>>) root.get("components")).stream();
    }

    private static String coordinates(Map<String, Object> component) {
        return component.get("group") + ":" + component.get("name") + ":" + component.get("version");
    }

    private static List<String> noticed() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("../provider/THIRD-PARTY-NOTICES"))) {
            return lines.filter(line -> line.startsWith(LABEL))
                    .map(line -> line.substring(LABEL.length()))
                    .distinct()
                    .toList();
        }
    }
}
