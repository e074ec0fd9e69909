package io.nearfar.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReferencePageTest {
    private final ReferencePage page;

    ReferencePageTest() throws IOException {
        page = ReferencePage.read();
    }

    /** Neither a setting without a row, nor a row without a setting, nor a word that differs. */
    @ParameterizedTest
    @EnumSource(Importance.class)
    void page_tables_areTheRegistry(Importance group) {
        assertThat(page.rows(group)).isNotEmpty().isEqualTo(ReferencePage.rowsOfRegistry(group));
    }

    @Test
    void page_examples_areReadWithoutMistake() throws IOException {
        assertThat(page.examples()).hasSizeGreaterThan(3);
        for (String example : page.examples()) {
            Properties properties = new Properties();
            properties.load(new StringReader(example));
            assertThat(properties).isNotEmpty();
            assertThat(Reading.ofNothing().properties(properties).read().describe())
                    .startsWith("mode ");
        }
    }

    @Test
    void page_keysInItsText_areSettings() {
        assertThat(page.code("nearfar."))
                .hasSizeGreaterThan(30)
                .allSatisfy(key -> assertThat(KeyReader.ofKey(key.split(" = ", 2)[0].replaceAll("[<>]", "")))
                        .as(key)
                        .isNotNull());
    }

    @Test
    void page_variablesInItsText_areSettings() {
        assertThat(page.code("NEARFAR_"))
                .hasSizeGreaterThan(30)
                .allSatisfy(variable -> assertThat(KeyReader.ofEnvironment(
                                variable.replaceAll("[<>]", "").split("=", 2)[0]))
                        .as(variable)
                        .isNotNull());
    }

    @Test
    void registry_namesAndVariables_areUnique() {
        assertThat(Registry.ALL).extracting(Setting::key).doesNotHaveDuplicates();
        assertThat(Registry.ALL)
                .extracting(setting -> EnvironmentForm.of(setting.key()))
                .doesNotHaveDuplicates();
    }

    @Test
    void registry_defaults_areAllowed() {
        assertThat(Registry.ALL)
                .filteredOn(setting -> setting.initial() != null)
                .hasSizeGreaterThan(10)
                .allSatisfy(setting -> assertThat(setting.defaultValue()).isNotNull());
    }
}
