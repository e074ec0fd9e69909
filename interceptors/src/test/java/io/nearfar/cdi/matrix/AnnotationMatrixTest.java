package io.nearfar.cdi.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.cdi.NearfarExtension;
import io.nearfar.cdi.annotation.CacheTags;
import io.nearfar.cdi.annotation.CacheTtl;
import io.nearfar.cdi.annotation.CacheWarmer;
import io.nearfar.cdi.annotation.CachedResponse;
import io.nearfar.cdi.annotation.Invalidate;
import io.nearfar.cdi.annotation.InvalidatePattern;
import io.nearfar.cdi.annotation.InvalidateTags;
import io.nearfar.cdi.annotation.InvalidatesCache;
import io.nearfar.cdi.annotation.NamedCache;
import io.nearfar.cdi.annotation.RateLimited;
import io.nearfar.cdi.matrix.web.WebCell;
import io.nearfar.cdi.matrix.web.WebMatrix;
import io.nearfar.cdi.nodes.LocalRedis;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Qualifier;
import java.io.File;
import java.lang.annotation.Annotation;
import java.lang.annotation.ElementType;
import java.lang.annotation.Target;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every member of every annotation does what it should, at each kind of place where it can stand, in one program of Weld SE. */
@Timeout(120)
class AnnotationMatrixTest {
    private static final List<Class<? extends Annotation>> ANNOTATIONS = List.of(
            CacheDefaults.class,
            CacheResult.class,
            CachePut.class,
            CacheRemove.class,
            CacheRemoveAll.class,
            CacheKey.class,
            CacheValue.class,
            CacheTags.class,
            CacheTtl.class,
            InvalidateTags.class,
            InvalidateTags.List.class,
            InvalidatePattern.class,
            InvalidatePattern.List.class,
            Invalidate.class,
            Invalidate.List.class,
            InvalidatesCache.class,
            InvalidatesCache.List.class,
            CachedResponse.class,
            RateLimited.class,
            RateLimited.List.class,
            CacheWarmer.class,
            NamedCache.class);

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

    /** A member that somebody adds is to get a cell, here or over HTTP. */
    @Test
    void matrix_hasEveryMember() {
        Set<String> shown = cells().stream()
                .map(cell -> Cell.name(cell.annotation(), cell.member()))
                .collect(Collectors.toCollection(TreeSet::new));
        WebMatrix.cells().stream().map(WebCell::member).forEach(shown::add);
        Set<String> members = new TreeSet<>();
        for (Class<? extends Annotation> annotation : ANNOTATIONS) {
            Method[] all = annotation.getDeclaredMethods();
            Arrays.stream(all).forEach(member -> members.add(Cell.name(annotation, member.getName())));
            if (all.length == 0) {
                members.add(Cell.name(annotation, ""));
            }
        }
        assertThat(shown).containsAll(members);
    }

    /** What may stand at a class has a cell for each member there, too. */
    @Test
    void matrix_hasEveryMemberAtAClass() {
        Set<String> shown = cells().stream()
                .filter(cell -> cell.place() == Cell.Place.CLASS)
                .map(cell -> Cell.name(cell.annotation(), cell.member()))
                .collect(Collectors.toCollection(TreeSet::new));
        for (Class<? extends Annotation> annotation : ANNOTATIONS) {
            if (standsAtClasses(annotation)) {
                for (Method member : annotation.getDeclaredMethods()) {
                    assertThat(shown).contains(Cell.name(annotation, member.getName()));
                }
            }
        }
    }

    /** Those that hold several have cells where they are repeated, and qualifiers where something is injected. */
    private static boolean standsAtClasses(Class<? extends Annotation> annotation) {
        return Arrays.asList(annotation.getAnnotation(Target.class).value()).contains(ElementType.TYPE)
                && !annotation.isMemberClass()
                && !annotation.isAnnotationPresent(Qualifier.class);
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
                assertThat(ANNOTATIONS).extracting(Class::getName).contains(type.getName());
            }
        }
    }

    /** By its name a cell is found again in a server. */
    @Test
    void names_areOfOneCellEach() {
        assertThat(Matrix.names()).doesNotHaveDuplicates();
    }
}
