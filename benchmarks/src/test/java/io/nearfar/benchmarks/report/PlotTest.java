package io.nearfar.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** A picture shows the figures and hides nobody. */
class PlotTest {
    @Test
    void bars_areAsLongAsTheirMedians() throws Exception {
        List<Element> rectangles =
                rectangles(parsed(new Plot("p", "t", List.of(measured("a", 10), measured("b", 40)))));

        // The first is the ground
        assertThat(width(rectangles.get(2))).isEqualTo(4 * width(rectangles.get(1)));
    }

    @Test
    void figuresFarApart_areSeenAll_andTheScaleIsNamed() throws Exception {
        Document svg = parsed(new Plot("p", "title", List.of(measured("a", 5), measured("b", 5_000))));

        assertThat(width(rectangles(svg).get(1))).isGreaterThan(10);
        assertThat(text(svg)).contains("title (logarithmic)");
    }

    @Test
    void peerThatFailed_isNamedWithoutABar() throws Exception {
        Document svg = parsed(new Plot("p", "t", List.of(measured("a", 5), Measured.failed("b", "because"))));

        assertThat(rectangles(svg)).hasSize(2);
        assertThat(text(svg)).contains("b", "failed");
    }

    @Test
    void allFailed_isStillAPicture() throws Exception {
        assertThat(text(parsed(new Plot("p", "t", List.of(Measured.failed("b", "because"))))))
                .contains("failed");
    }

    @Test
    void signsOfTheFormat_areEscaped() throws Exception {
        assertThat(text(parsed(new Plot("p", "a < b & c > d", List.of(measured("<x>", 1))))))
                .contains("a < b & c > d", "<x>");
    }

    private static Measured measured(String label, double figure) {
        return Measured.of(label, new Series(List.of(figure)), "ns");
    }

    private static Document parsed(Plot plot) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(plot.svg())));
    }

    private static List<Element> rectangles(Document svg) {
        return elements(svg, "rect");
    }

    private static List<String> text(Document svg) {
        return elements(svg, "text").stream().map(Element::getTextContent).toList();
    }

    private static List<Element> elements(Document svg, String name) {
        NodeList found = svg.getElementsByTagName(name);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> (Element) found.item(i))
                .toList();
    }

    private static int width(Element rectangle) {
        return Integer.parseInt(rectangle.getAttribute("width"));
    }
}
