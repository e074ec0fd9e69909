package io.nearfar.tck.annotations.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Judges the run of the annotation tests by what it left: tests that had no beans pass, too. */
class AnnotationsVerdictTest {
    private static final Path RESULTS = Path.of(System.getProperty("annotations.results"));
    private static final int TESTS = 12;
    private static final List<String> BEANS = List.of(
            "manager.CacheNameOnEachMethodBlogManagerImpl",
            "manager.ClassLevelCacheConfigBlogManagerImpl",
            "manager.UsingDefaultCacheNameBlogManagerImpl");

    @Test
    void tests_allTwelve_ranAndPassed() throws Exception {
        List<String> passed = new ArrayList<>();
        List<String> broken = new ArrayList<>();
        for (Element test : tests()) {
            boolean isBroken = Stream.of("failure", "error", "skipped")
                    .anyMatch(outcome -> test.getElementsByTagName(outcome).getLength() > 0);
            (isBroken ? broken : passed).add(test.getAttribute("classname") + "#" + test.getAttribute("name"));
        }
        System.out.println("| annotations | " + (passed.size() + broken.size()) + " | " + broken.size() + " broken |");

        assertThat(broken).isEmpty();
        assertThat(passed).hasSize(TESTS).doesNotHaveDuplicates();
    }

    /** Each test asks for its bean twice at least: before it, and in it. */
    @Test
    void beans_ofEachClass_wereGivenToEachTest() throws IOException {
        List<String> given = Files.readAllLines(RESULTS.resolve("beans-given.txt"));

        for (String bean : BEANS) {
            String line = System.getProperty("annotations.run") + " " + bean;
            assertThat(given.stream().filter(line::equals).count()).as(line).isGreaterThanOrEqualTo(2 * 4);
        }
    }

    private static List<Element> tests() throws Exception {
        DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        List<Element> tests = new ArrayList<>();
        try (Stream<Path> files = Files.list(RESULTS)) {
            for (Path file : files.filter(AnnotationsVerdictTest::isReport).toList()) {
                NodeList cases = builder.parse(file.toFile()).getElementsByTagName("testcase");
                for (int i = 0; i < cases.getLength(); i++) {
                    tests.add((Element) cases.item(i));
                }
            }
        }
        return tests;
    }

    private static boolean isReport(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith("TEST-") && name.endsWith(".xml");
    }
}
