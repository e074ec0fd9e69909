package io.nearfar.cdi.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.cdi.NearfarExtension;
import io.nearfar.cdi.annotation.CacheTags;
import io.nearfar.cdi.matrix.web.WebCell;
import io.nearfar.cdi.matrix.web.WebMatrix;
import io.nearfar.cdi.nodes.LocalRedis;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.io.File;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every member of every annotation does what it should, at each kind of place where it can stand, in one program of Weld SE. */
@Timeout(120)
class AnnotationMatrixTest {
    private static LocalRedis redis;
    private static SeContainer container;

    @BeforeAll
    static void start() throws Exception {
        redis = LocalRedis.start();
        System.setProperty("nearfar.address", redis.address());
        System.setProperty("nearfar.deadline", "9s");
        System.setProperty("nearfar.limit.deadline", "9s");
        System.setProperty("nearfar.connect-timeout", "5s");
        container = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(new NearfarExtension())
                .addBeanClasses(Matrix.beans().toArray(Class<?>[]::new))
                .initialize();
        Matrix.awaitServer(new Beans(container));
    }

    @AfterAll
    static void stop() throws Exception {
        try {
            container.close();
            redis.close();
        } finally {
            System.getProperties().keySet().removeIf(key -> String.valueOf(key).startsWith("nearfar."));
        }
    }

    static List<Cell> cells() {
        return Matrix.cells();
    }

    @ParameterizedTest
    @MethodSource("cells")
    void member_doesWhatItShould(Cell cell) throws Exception {
        assertThat(cell.check().holds(new Beans(container))).isTrue();
    }

    /** A member that somebody adds is to get cells, here or over HTTP: at each kind of place, but where it says why not. */
    @Test
    void matrix_hasEveryMemberAtEveryPlace() {
        Set<String> shown = shown();
        List<String> missing = new ArrayList<>();
        for (Class<? extends Annotation> annotation : Places.ANNOTATIONS) {
            Set<Cell.Place> gaps = Places.gaps(annotation).keySet();
            for (String member : members(annotation)) {
                Places.ALL.stream()
                        .filter(place -> !gaps.contains(place))
                        .map(place -> "@" + Cell.name(annotation, member) + " " + place)
                        .filter(cell -> !shown.contains(cell))
                        .forEach(missing::add);
            }
        }
        assertThat(missing).isEmpty();
    }

    /** Where it is said that something does not apply there is no cell that shows it. */
    @Test
    void gaps_haveNoCells() {
        Set<String> shown = shown();
        List<String> both = new ArrayList<>();
        for (Class<? extends Annotation> annotation : Places.ANNOTATIONS) {
            for (Cell.Place place : Places.gaps(annotation).keySet()) {
                members(annotation).stream()
                        .map(member -> "@" + Cell.name(annotation, member) + " " + place)
                        .filter(shown::contains)
                        .forEach(both::add);
            }
        }
        assertThat(both).isEmpty();
    }

    /** Every annotation has cells at some place. */
    @Test
    void gaps_areNotAll() {
        for (Class<? extends Annotation> annotation : Places.ANNOTATIONS) {
            assertThat(Places.gaps(annotation).keySet()).isNotEqualTo(Set.copyOf(Places.ALL));
            assertThat(shown()).anyMatch(cell -> cell.startsWith("@" + Cell.name(annotation, "")));
        }
    }

    private static Set<String> shown() {
        Set<String> shown = new TreeSet<>(Matrix.names());
        WebMatrix.cells().stream().map(WebCell::inTheMatrix).forEach(shown::add);
        return shown;
    }

    /** Returns the members of an annotation; one without a name stands for the annotation that has none. */
    private static List<String> members(Class<? extends Annotation> annotation) {
        List<String> members = Arrays.stream(annotation.getDeclaredMethods())
                .map(Method::getName)
                .toList();
        return members.isEmpty() ? List.of("") : members;
    }

    /** An annotation that somebody adds is to be in the list. */
    @Test
    void matrix_hasEveryAnnotationOfTheModule() throws Exception {
        String[] files = new File(CacheTags.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toPath()
                .resolve("io/nearfar/cdi/annotation")
                .toFile()
                .list();
        assertThat(files).isNotNull();
        for (String file : files) {
            Class<?> type = Class.forName("io.nearfar.cdi.annotation." + file.replace(".class", ""));
            if (type.isAnnotation()) {
                assertThat(Places.ANNOTATIONS).extracting(Class::getName).contains(type.getName());
            }
        }
    }

    /** By its name a cell is found again in a server. */
    @Test
    void names_areOfOneCellEach() {
        assertThat(Matrix.names()).doesNotHaveDuplicates();
    }
}
