package io.nearfar.cdi.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.nearfar.cdi.NearfarExtension;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.InputSource;

/** The Java that the pages show compiles, as {@link Units} puts it together. Programs are run on the packaged jar, in tck-runner. */
@Timeout(120)
class PagesTest {
    /** Pages whose Java is not compiled here, each with the reason. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "docs/testing.md",
            "its classes are tests of the testkit, and run there: TestingPageTest",
            "docs/frameworks/bucket4j.md",
            "the library is in the module frameworks: Bucket4jTest compiles them",
            "docs/frameworks/micrometer.md",
            "its program is run in the module micrometer: PageTest",
            "docs/frameworks/opentelemetry.md",
            "its program is run in the module opentelemetry: PageTest",
            "docs/frameworks/spring-boot.md",
            "the library is in the module frameworks: BootPageTest compiles them");

    @TempDir
    Path folder;

    static Stream<Page> pagesWithJava() throws IOException {
        return Page.all().stream()
                .filter(page -> !page.blocks("java").isEmpty())
                .filter(page -> !ELSEWHERE.containsKey(page.name()));
    }

    static Stream<Page> pagesWithXml() throws IOException {
        return Page.all().stream().filter(page -> !page.blocks("xml").isEmpty());
    }

    @ParameterizedTest
    @MethodSource("pagesWithJava")
    void java_compiles(Page page) throws IOException {
        compile(page);
    }

    @ParameterizedTest
    @MethodSource("pagesWithXml")
    void xml_isWellFormed(Page page) {
        assertThat(page.blocks("xml"))
                .allSatisfy(block -> assertThatCode(() -> DocumentBuilderFactory.newInstance()
                                .newDocumentBuilder()
                                .parse(new InputSource(new StringReader("<page>" + block.code() + "</page>"))))
                        .as("%s, line %d", page, block.line())
                        .doesNotThrowAnyException());
    }

    @Test
    void pages_areFound_andNoExceptionOutlivesItsReason() throws IOException {
        List<Page> pages = Page.all();
        assertThat(pages)
                .extracting(Page::name)
                .contains("README.md", "docs/getting-started.md", "docs/migration/redisson.md", "sample-war/README.md");
        assertThat(pages.stream().filter(page -> !page.blocks("java").isEmpty()).map(Page::name))
                .containsAll(ELSEWHERE.keySet());
        assertThat(pagesWithJava().map(Units::givenOf)).containsAll(Units.allGiven());
    }

    /** The cached method of the first page: called once, until it is told to forget. */
    @Test
    void firstCachedMethod_isCalledOnce_untilItForgets() throws Exception {
        compile(pagesWithJava()
                .filter(page -> page.name().equals("docs/getting-started.md"))
                .findFirst()
                .orElseThrow());
        try (URLClassLoader loader =
                        new URLClassLoader(new URL[] {folder.toUri().toURL()});
                SeContainer container = container(loader.loadClass("guide.Cities"))) {
            Object cities = container.select(loader.loadClass("guide.Cities")).get();
            Object lisbon = call(cities, "find");
            assertThat(lisbon).hasToString("City[name=Lisbon, letters=6]");
            assertThat(call(cities, "find")).isSameAs(lisbon);
            call(cities, "forget");
            assertThat(call(cities, "find")).isEqualTo(lisbon).isNotSameAs(lisbon);
        }
    }

    private void compile(Page page) throws IOException {
        Map<String, String> sources = new LinkedHashMap<>();
        for (Page.Block block : page.blocks("java")) {
            sources.putAll(Units.of(page, block));
        }
        assertThat(Compiler.compile(sources, folder)).as("mistakes on %s", page).isEmpty();
    }

    private static SeContainer container(Class<?> bean) {
        return SeContainerInitializer.newInstance()
                .setClassLoader(bean.getClassLoader())
                .disableDiscovery()
                .addExtensions(new NearfarExtension())
                .addBeanClasses(bean)
                .initialize();
    }

    private static Object call(Object bean, String method)
            throws NoSuchMethodException, IllegalAccessException, InvocationTargetException {
        return bean.getClass().getMethod(method, String.class).invoke(bean, "Lisbon");
    }
}
