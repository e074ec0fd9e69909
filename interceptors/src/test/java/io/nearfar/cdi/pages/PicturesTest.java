package io.nearfar.cdi.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;

/** The pictures on the pages are there, say in words what they show, and name what the code has. */
class PicturesTest {
    private static final Path FOLDER = Path.of("..", "docs", "pictures");
    private static final int LARGEST = 400_000;
    private static final Pattern IMAGE = Pattern.compile("!\\[([^]]*)]\\(([^)\\s]+)\\)");
    private static final Pattern NAME = Pattern.compile("class=\"code\">([^<]+)<");
    private static final List<Path> CODE = List.of(
            Path.of("..", "provider", "src", "main", "java", "io", "nearfar"),
            Path.of("src", "main", "java", "io", "nearfar"));

    static List<Page> pages() throws IOException {
        return Page.all();
    }

    static List<Path> pictures() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }

    static List<Path> drawings() throws IOException {
        return pictures().stream().filter(PicturesTest::isDrawn).toList();
    }

    private static boolean isDrawn(Path picture) {
        return picture.toString().endsWith(".svg");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void image_isThere_andIsToldInWords(Page page) {
        assertThat(page.text()).as("images are written in Markdown").doesNotContain("<img");
        assertThat(IMAGE.matcher(page.text()).results()).allSatisfy(image -> {
            assertThat(image.group(1)).as(image.group()).isNotBlank();
            assertThat(page.path().resolveSibling(image.group(2))).isRegularFile();
        });
    }

    @Test
    void picture_isOnAPage() throws IOException {
        Set<Path> shown = new HashSet<>();
        for (Page page : Page.all()) {
            IMAGE.matcher(page.text())
                    .results()
                    .map(image -> page.path().resolveSibling(image.group(2)).normalize())
                    .forEach(shown::add);
        }
        assertThat(pictures())
                .isNotEmpty()
                .allSatisfy(picture -> assertThat(shown).contains(picture.normalize()));
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void picture_isSmall(Path picture) throws IOException {
        assertThat(Files.size(picture)).isLessThan(LARGEST);
    }

    @ParameterizedTest
    @MethodSource("drawings")
    void drawing_hasATitleAndADescription_andNeedsNothingFromElsewhere(Path drawing) throws Exception {
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(drawing.toFile());
        assertThat(document.getDocumentElement().getAttribute("aria-labelledby"))
                .isEqualTo("title desc");
        assertThat(document.getElementsByTagName("title").item(0).getTextContent())
                .isNotBlank();
        assertThat(document.getElementsByTagName("desc").item(0).getTextContent())
                .isNotBlank();
        assertThat(Files.readString(drawing)).doesNotContain("href", "@import", "@font-face", "url(http", "<script");
    }

    /** So that no picture goes on to name what was renamed. */
    @ParameterizedTest
    @MethodSource("drawings")
    void drawing_namesRoomsAndClassesThatThereAre(Path drawing) throws IOException {
        Set<String> names = new HashSet<>();
        NAME.matcher(Files.readString(drawing)).results().forEach(name -> names.add(name.group(1)));
        assertThat(roomsAndClasses()).containsAll(names);
    }

    @Test
    void drawingsOfTheCode_nameIt() throws IOException {
        for (String drawing : List.of("architecture.svg", "get.svg")) {
            assertThat(NAME.matcher(Files.readString(FOLDER.resolve(drawing))).results())
                    .hasSizeGreaterThan(8);
        }
    }

    private static Collection<String> roomsAndClasses() throws IOException {
        Set<String> names = new HashSet<>();
        for (Path code : CODE) {
            try (Stream<Path> files = Files.walk(code)) {
                files.map(file -> file.getFileName().toString().replace(".java", ""))
                        .forEach(names::add);
            }
        }
        return names;
    }
}
