package io.nearfar.cdi.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.cdi.NearfarExtension;
import io.nearfar.cdi.annotation.CacheTags;
import io.nearfar.cdi.annotation.CacheTtl;
import io.nearfar.cdi.annotation.CacheWarmer;
import io.nearfar.cdi.annotation.CachedResponse;
import io.nearfar.cdi.annotation.Invalidate;
import io.nearfar.cdi.annotation.InvalidateTags;
import io.nearfar.cdi.annotation.InvalidatesCache;
import io.nearfar.cdi.annotation.NamedCache;
import io.nearfar.cdi.annotation.RateLimited;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.io.File;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
            Invalidate.class,
            Invalidate.List.class,
            InvalidatesCache.class,
            InvalidatesCache.List.class,
            CachedResponse.class,
            RateLimited.class,
            RateLimited.List.class,
            CacheWarmer.class,
            NamedCache.class);

    /** What needs a server, a far tier or time, and the test that has it. */
    private static final Map<String, String> ELSEWHERE = Map.ofEntries(
            Map.entry("CachedResponse.cacheName", "web.CachedResponseTest.tag_endsTheResponse"),
            Map.entry(
                    "CachedResponse.timeToLive", "web.CachedResponseTest.methodThatFails_isAnsweredForByAnOldResponse"),
            Map.entry("CachedResponse.maxAge", "web.CachedResponseTest.header_thatVaries_isPartOfTheKey"),
            Map.entry("CachedResponse.grace", "web.CachedResponseTest.methodThatFails_isAnsweredForByAnOldResponse"),
            Map.entry("CachedResponse.vary", "web.CachedResponseTest.header_thatVaries_isPartOfTheKey"),
            Map.entry(
                    "CachedResponse.parameters",
                    "web.CachedResponseTest.parameters_thatAreNamed_countAlone_andThePrefixBeginsTheKey"),
            Map.entry(
                    "CachedResponse.keyPrefix",
                    "web.CachedResponseTest.parameters_thatAreNamed_countAlone_andThePrefixBeginsTheKey"),
            Map.entry("CachedResponse.tags", "web.CachedResponseTest.tag_endsTheResponse"),
            Map.entry("CachedResponse.privateToPrincipal", "web.CachedResponseTest.privateResponse_isForOnePerson"),
            Map.entry(
                    "CachedResponse.evenWithAuthorization",
                    "web.CachedResponseTest.authorization_goesPastTheCache_unlessItIsAsked"),
            Map.entry(
                    "CachedResponse.evenWithCookies",
                    "web.CachedResponseTest.cookies_areNeverKept_evenIfTheResponseIs"),
            Map.entry(
                    "CachedResponse.fallback", "web.CachedResponseTest.fallback_answersWhereNeitherCacheNorMethodDoes"),
            Map.entry("RateLimited.mode", "FarMethodLimitsTest.leased_callsAreDecidedByTheNode"),
            Map.entry("RateLimited.outage", "FarMethodLimitsTest.outage_eachLimitDoesWhatItSays"),
            Map.entry("CacheTtl.near", "CacheTtlTest.near_isHowLongNearTiersKeepIt"));

    private static SeContainer container;

    @BeforeAll
    static void start() {
        List<Class<?>> beans = new ArrayList<>(List.of(Spies.OneCache.class));
        Stream.of(ResultCells.BEANS, ChangeCells.BEANS, TagCells.BEANS, LimitCells.BEANS)
                .forEach(beans::addAll);
        container = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(new NearfarExtension())
                .addBeanClasses(beans.toArray(Class<?>[]::new))
                .initialize();
    }

    @AfterAll
    static void stop() {
        container.close();
    }

    static List<Cell> cells() {
        return Stream.of(
                        ResultCells.members(),
                        ResultCells.places(),
                        ResultCells.defaults(),
                        ChangeCells.puts(),
                        ChangeCells.removes(),
                        ChangeCells.clears(),
                        TagCells.tags(),
                        TagCells.fired(),
                        TagCells.lives(),
                        TagCells.changed(),
                        LimitCells.members(),
                        LimitCells.places(),
                        LimitCells.caches())
                .flatMap(List::stream)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("cells")
    void member_doesWhatItShould(Cell cell) throws Exception {
        assertThat(cell.check().holds(new Beans(container))).isTrue();
    }

    /** A member that somebody adds is to get a cell, or the name of a test that shows it. */
    @Test
    void matrix_hasEveryMember() {
        Set<String> shown = cells().stream()
                .map(cell -> name(cell.annotation(), cell.member()))
                .collect(Collectors.toCollection(TreeSet::new));
        shown.addAll(ELSEWHERE.keySet());
        Set<String> members = new TreeSet<>();
        for (Class<? extends Annotation> annotation : ANNOTATIONS) {
            Method[] all = annotation.getDeclaredMethods();
            Arrays.stream(all).forEach(member -> members.add(name(annotation, member.getName())));
            if (all.length == 0) {
                members.add(name(annotation, ""));
            }
        }
        assertThat(shown).containsAll(members);
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

    @Test
    void testElsewhere_isThere() throws Exception {
        for (String test : ELSEWHERE.values()) {
            int dot = test.lastIndexOf('.');
            Class<?> type = Class.forName("io.nearfar.cdi." + test.substring(0, dot));
            assertThat(type.getDeclaredMethods()).extracting(Method::getName).contains(test.substring(dot + 1));
        }
    }

    private static String name(Class<? extends Annotation> annotation, String member) {
        String name = annotation.getName();
        return name.substring(name.lastIndexOf('.') + 1) + (member.isEmpty() ? "" : "." + member);
    }
}
