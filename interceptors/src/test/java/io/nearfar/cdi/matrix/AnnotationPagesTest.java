package io.nearfar.cdi.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.cdi.annotation.CachedResponse;
import io.nearfar.cdi.annotation.RateLimited;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Target;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages tell every member of every annotation, its default, and where the annotation may stand. */
class AnnotationPagesTest {
    private static final Path PAGES = Path.of("../docs");
    private static final Map<Class<?>, String> PAGES_OF_THEIR_OWN =
            Map.of(CachedResponse.class, "cached-responses.md", RateLimited.class, "rate-limiting.md");
    private static final Map<ElementType, String> PLACES = Map.of(
            ElementType.FIELD, "fields",
            ElementType.PARAMETER, "parameters",
            ElementType.METHOD, "methods",
            ElementType.TYPE, "classes");

    static List<Class<? extends Annotation>> annotations() {
        return Places.ANNOTATIONS.stream()
                .filter(annotation -> !annotation.isMemberClass())
                .collect(Collectors.toList());
    }

    static List<Class<? extends Annotation>> annotationsOfTheSection() {
        List<Class<? extends Annotation>> annotations = annotations();
        annotations.removeAll(PAGES_OF_THEIR_OWN.keySet());
        return annotations;
    }

    @ParameterizedTest
    @MethodSource("annotations")
    void members_areInATableWithTheirDefaults(Class<? extends Annotation> annotation) throws IOException {
        Map<String, String> shown = rows(section(annotation));
        Map<String, String> members = new TreeMap<>();
        for (Method member : annotation.getDeclaredMethods()) {
            members.put(member.getName(), value(member));
        }

        assertThat(shown.keySet()).isEqualTo(members.keySet());
        members.forEach(
                (member, value) -> assertThat(shown.get(member)).as(member).contains(value));
    }

    @ParameterizedTest
    @MethodSource("annotationsOfTheSection")
    void places_areThoseOfTheTargetAlone(Class<? extends Annotation> annotation) throws IOException {
        String first = section(annotation)
                .lines()
                .filter(line -> line.startsWith("At "))
                .findFirst()
                .orElseThrow();
        String places = first.split("[.;:]", -1)[0];
        List<ElementType> targets =
                Arrays.asList(annotation.getAnnotation(Target.class).value());

        PLACES.forEach(
                (type, name) -> assertThat(places.contains(name)).as(name).isEqualTo(targets.contains(type)));
        assertThat(places.contains("several times")).isEqualTo(annotation.isAnnotationPresent(Repeatable.class));
    }

    /** Returns the text about an annotation: below its heading, or the table of members on its own page. */
    private static String section(Class<? extends Annotation> annotation) throws IOException {
        String own = PAGES_OF_THEIR_OWN.get(annotation);
        String page = Files.readString(PAGES.resolve(own == null ? "annotations.md" : own));
        String begin = own == null ? "\n### @" + annotation.getSimpleName() + "\n" : "\n| member | default |";
        int from = page.indexOf(begin);
        assertThat(from).as("%s on its page", begin).isNotNegative();
        String rest = page.substring(from + begin.length());
        return own == null ? rest.split("\n##", -1)[0] : rest.split("\n\n", -1)[0];
    }

    /** Returns the defaults by the names of the members; those of one row may have one for all. */
    private static Map<String, String> rows(String section) {
        Map<String, String> rows = new TreeMap<>();
        section.lines().filter(line -> line.startsWith("| `")).forEach(line -> {
            String[] columns = line.split("\\s*\\|\\s*");
            assertThat(columns).as(line).hasSize(4);
            assertThat(Arrays.asList(columns).subList(1, 4)).as(line).noneMatch(String::isBlank);
            String[] members = columns[1].split(", ", -1);
            String[] defaults = columns[2].split(", ", -1);
            for (int i = 0; i < members.length; i++) {
                rows.put(members[i].replace("`", ""), defaults.length == members.length ? defaults[i] : columns[2]);
            }
        });
        return rows;
    }

    /** Returns how a page says what holds if nothing is said; an empty text where it may say that in words. */
    private static String value(Method member) {
        Object value = member.getDefaultValue();
        if (value == null) {
            return "required";
        } else if (value.getClass().isArray()) {
            return Array.getLength(value) == 1 ? "`" + Array.get(value, 0) + "`" : "";
        } else if (value instanceof Boolean || value instanceof Enum<?>) {
            return "`" + value + "`";
        } else if (value instanceof Long number) {
            return number == Long.MAX_VALUE ? "none" : number.toString();
        }
        return value instanceof String text && !text.isEmpty() ? "`" + text + "`" : "";
    }
}
