package io.nearfar.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the page of features names is there: tests of all modules, pages, settings, annotations and methods. */
class FeaturesPageTest {
    static List<FeaturesPage.Row> rows() throws IOException {
        return FeaturesPage.read().rows();
    }

    @Test
    void page_hasARowForEachFeature() throws IOException {
        assertThat(rows()).hasSizeGreaterThan(50);
    }

    @Test
    void page_filesThatItLinks_exist() throws IOException {
        assertThat(FeaturesPage.read().links())
                .isNotEmpty()
                .allSatisfy(
                        link -> assertThat(FeaturesPage.FOLDER.resolve(link)).isRegularFile());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void row_namesAPage(FeaturesPage.Row row) {
        assertThat(row.pages()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void row_namesTestsThatExist(FeaturesPage.Row row) throws IOException {
        assertThat(row.tests()).isNotEmpty();
        for (String test : row.tests()) {
            assertThat(NamedTests.exists(test)).as(test).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void row_isReachedByWhatExists(FeaturesPage.Row row) throws IOException, ClassNotFoundException {
        for (String name : row.reached()) {
            assertThat(isThere(name)).as(name).isTrue();
        }
    }

    private static boolean isThere(String name) throws IOException, ClassNotFoundException {
        if (name.startsWith("nearfar.")) {
            return KeyReader.ofKey(name.replaceAll("[<>]", "")) != null;
        }
        return name.startsWith("@") ? isAnnotation(name.substring(1)) : isMethod(name);
    }

    /** One of JSR-107, or one of another module, of which only the source can be seen from here. */
    private static boolean isAnnotation(String name) {
        return FeaturesPageTest.class.getResource("/javax/cache/annotation/" + name + ".class") != null
                || Files.exists(Path.of("../interceptors/src/main/java/io/nearfar/cdi/annotation", name + ".java"))
                || Files.exists(Path.of("../testkit/src/main/java/io/nearfar/testkit", name + ".java"));
    }

    private static boolean isMethod(String name) throws IOException, ClassNotFoundException {
        int dot = name.indexOf('.');
        Path bean = Path.of("../interceptors/src/main/java/io/nearfar/cdi/fragment", name.substring(0, dot) + ".java");
        if (Files.exists(bean)) {
            return Files.readString(bean).contains(" " + name.substring(dot + 1) + "(");
        }
        return Stream.of(Class.forName("io.nearfar." + name.substring(0, dot)).getMethods())
                .map(Method::getName)
                .anyMatch(name.substring(dot + 1)::equals);
    }
}
