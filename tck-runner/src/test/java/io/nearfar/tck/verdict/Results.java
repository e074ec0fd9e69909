package io.nearfar.tck.verdict;

import io.nearfar.tck.TckMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What the reports of one run add up to.
 *
 * @param tests how many were run
 * @param failures how many failed
 * @param errors how many broke
 * @param skipped how many were skipped
 * @param broken those that failed, broke or were skipped, with the beginning of why
 * @param text all that the run printed
 */
record Results(int tests, int failures, int errors, int skipped, List<String> broken, String text) {
    private static final int TOLD_LINES = 12;

    static Results of(TckMode mode) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(mode.results())) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        Results sum = new Results(0, 0, 0, 0, new ArrayList<>(), "");
        for (Path file : files) {
            sum = sum.plus(file);
        }
        return sum;
    }

    private Results plus(Path file) throws IOException {
        String name = file.getFileName().toString();
        if (name.endsWith("-output.txt")) {
            return new Results(tests, failures, errors, skipped, broken, text + Files.readString(file));
        }
        return name.startsWith("TEST-") && name.endsWith(".xml") ? plus(parsed(file)) : this;
    }

    private static Element parsed(Path file) throws IOException {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile())
                    .getDocumentElement();
        } catch (SAXException | ParserConfigurationException e) {
            throw new IOException("cannot read the report " + file, e);
        }
    }

    private Results plus(Element suite) {
        NodeList cases = suite.getElementsByTagName("testcase");
        for (int i = 0; i < cases.getLength(); i++) {
            Element each = (Element) cases.item(i);
            for (String outcome : List.of("failure", "error", "skipped")) {
                NodeList found = each.getElementsByTagName(outcome);
                if (found.getLength() > 0) {
                    broken.add("%s#%s %s: %s"
                            .formatted(
                                    each.getAttribute("classname"),
                                    each.getAttribute("name"),
                                    outcome,
                                    beginning(found.item(0).getTextContent())));
                }
            }
        }
        return new Results(
                tests + number(suite, "tests"),
                failures + number(suite, "failures"),
                errors + number(suite, "errors"),
                skipped + number(suite, "skipped"),
                broken,
                text);
    }

    /** The reports are gone with the machine where a run breaks once in a hundred: its page alone must tell why. */
    private static String beginning(String stackTrace) {
        return stackTrace.strip().lines().limit(TOLD_LINES).map(String::strip).collect(Collectors.joining(" "));
    }

    private static int number(Element suite, String attribute) {
        return Integer.parseInt(suite.getAttribute(attribute));
    }

    String tableRow(TckMode mode) {
        return "| %s | %d | %d | %d | %d |".formatted(mode.words(), tests, failures, errors, skipped);
    }
}
