package io.nearfar.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.cdi.fragment.FragmentOptions;
import io.nearfar.cdi.fragment.Fragments;
import io.nearfar.cdi.fragment.Render;
import io.nearfar.cdi.nodes.LocalRedis;
import io.nearfar.cdi.request.RequestFacts;
import io.nearfar.cdi.testing.ErrorLines;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.literal.NamedLiteral;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Fragments of pages in Weld SE, over a real Redis. */
@Timeout(120)
class FragmentsTest {
    private static LocalRedis redis;

    @RegisterExtension
    final ErrorLines lines = new ErrorLines();

    private final AtomicInteger renders = new AtomicInteger();

    /** Says who is there as the test does. */
    @ApplicationScoped
    public static class Facts implements RequestFacts {
        static volatile @Nullable String principal;

        @Override
        public @Nullable String principal() {
            return principal;
        }
    }

    /** A page, which has them injected. */
    @Singleton
    public static class Page {
        @Inject
        Fragments fragments;
    }

    @BeforeAll
    static void start() throws Exception {
        redis = LocalRedis.start();
    }

    @AfterAll
    static void stop() throws Exception {
        redis.close();
    }

    @BeforeEach
    void set() {
        System.setProperty("nearfar.address", redis.address());
        System.setProperty("nearfar.prefix", "fragments-" + UUID.randomUUID());
        System.setProperty("nearfar.deadline", "9s");
        System.setProperty("nearfar.connect-timeout", "5s");
    }

    @AfterEach
    void clear() {
        Facts.principal = null;
        System.getProperties().keySet().removeIf(key -> String.valueOf(key).startsWith("nearfar."));
    }

    private Render<RuntimeException> rendering(String what) {
        return () -> what + renders.incrementAndGet();
    }

    @Test
    void fragment_isRenderedOnce_forEachNameKeyAndWhatItVariesBy() {
        try (Application application = Application.of(Page.class)) {
            Fragments fragments = application.bean(Page.class).fragments;
            FragmentOptions german = FragmentOptions.NONE.varyingBy(Locale.GERMANY, "EUR");
            for (int i = 0; i < 2; i++) {
                assertThat(fragments.get("bar", rendering("bar "))).isEqualTo("bar 1");
                assertThat(fragments.get("bar", 7, rendering("bar of 7 "))).isEqualTo("bar of 7 2");
                assertThat(fragments.get("bar", 7, german, rendering("Leiste ")))
                        .isEqualTo("Leiste 3");
                assertThat(fragments.get("bar", 7, german.varyingBy(Locale.GERMANY, "CHF"), rendering("Leiste ")))
                        .isEqualTo("Leiste 4");
                assertThat(fragments.get("foot", 7, rendering("foot "))).isEqualTo("foot 5");
            }
            assertThat(renders).hasValue(5);
            assertThat(application.cache(Fragments.CACHE)).isNotNull();
        }
    }

    /** One that another node has rendered is shown by this one, and ends with the other's invalidation. */
    @Test
    void otherNode_showsTheSame_untilItEnds() {
        try (Application application = Application.of(Page.class)) {
            application.bean(Fragments.class).get("bar", 1, rendering("bar "));
        }
        try (Application other = Application.of(Page.class)) {
            assertThat(other.bean(Fragments.class).get("bar", 1, rendering("bar ")))
                    .isEqualTo("bar 1");
            other.bean(Fragments.class).invalidate("bar");
        }
        try (Application application = Application.of(Page.class)) {
            assertThat(application.bean(Fragments.class).get("bar", 1, rendering("bar ")))
                    .isEqualTo("bar 2");
        }
    }

    @Test
    void tag_andName_endWhatCarriesThem_andNothingElse() {
        try (Application application = Application.of(Page.class)) {
            Fragments fragments = application.bean(Fragments.class);
            FragmentOptions city = FragmentOptions.NONE.withTags("city:7").withTimeToLive(Duration.ofHours(1));
            fragments.get("bar", 7, city, rendering("bar "));
            fragments.get("map", 7, city, rendering("map "));
            fragments.get("bar", 8, rendering("bar "));

            fragments.invalidateTag("city:7");
            assertThat(fragments.get("bar", 7, city, rendering("bar "))).isEqualTo("bar 4");
            assertThat(fragments.get("map", 7, city, rendering("map "))).isEqualTo("map 5");
            assertThat(fragments.get("bar", 8, rendering("bar "))).isEqualTo("bar 3");

            fragments.invalidate("bar");
            assertThat(fragments.get("bar", 7, city, rendering("bar "))).isEqualTo("bar 6");
            assertThat(fragments.get("bar", 8, rendering("bar "))).isEqualTo("bar 7");
            assertThat(fragments.get("map", 7, city, rendering("map "))).isEqualTo("map 5");
        }
    }

    @Test
    void timeToLive_isThatOfTheOptions_elseOfTheCache() {
        System.setProperty("nearfar.cache.fragments.ttl", "1ms");
        try (Application application = Application.of(Page.class)) {
            Fragments fragments = application.bean(Fragments.class);
            FragmentOptions hour = FragmentOptions.NONE.withTimeToLive(Duration.ofHours(1));
            String first = fragments.get("short", rendering("short "));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> fragments.get("short", rendering("short ")), next -> !next.equals(first));
            String kept = fragments.get("long", 1, hour, rendering("long "));
            String second = fragments.get("short", rendering("short "));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> fragments.get("short", rendering("short ")), next -> !next.equals(second));
            assertThat(fragments.get("long", 1, hour, rendering("long "))).isEqualTo(kept);
        }
    }

    @Test
    void privateFragment_isForOnePerson_andOfNobodyIsNotKept() {
        try (Application application = Application.of(Page.class, Facts.class)) {
            Fragments fragments = application.bean(Fragments.class);
            FragmentOptions own = FragmentOptions.NONE.privateToPrincipal();
            Facts.principal = "ann";
            assertThat(fragments.get("cart", 1, own, rendering("ann "))).isEqualTo("ann 1");
            Facts.principal = "bob";
            assertThat(fragments.get("cart", 1, own, rendering("bob "))).isEqualTo("bob 2");
            assertThat(fragments.get("cart", 1, FragmentOptions.NONE.varyingBy("ann"), rendering("all ")))
                    .isEqualTo("all 3");
            Facts.principal = "ann";
            assertThat(fragments.get("cart", 1, own, rendering("ann "))).isEqualTo("ann 1");
            Facts.principal = null;
            assertThat(fragments.get("cart", 1, own, rendering("nobody "))).isEqualTo("nobody 4");
            assertThat(fragments.get("cart", 1, own, rendering("nobody "))).isEqualTo("nobody 5");
        }
    }

    @Test
    void manyWhoMissTheSame_renderItOnce() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (Application application = Application.of(Page.class)) {
            Fragments fragments = application.bean(Fragments.class);
            List<Future<String>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                all.add(threads.submit(() -> fragments.get("bar", () -> {
                    begun.countDown();
                    assertThat(held.await(60, TimeUnit.SECONDS)).isTrue();
                    return "bar " + renders.incrementAndGet();
                })));
            }
            assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
            held.countDown();
            for (Future<String> each : all) {
                assertThat(each.get()).isEqualTo("bar 1");
            }
        } finally {
            held.countDown();
            threads.shutdownNow();
        }
    }

    @Test
    void failureToRender_reachesThePage_unlessThereIsAnOldFragment() throws Exception {
        try (Application application = Application.of(Page.class)) {
            Fragments fragments = application.bean(Fragments.class);
            AtomicInteger failures = new AtomicInteger();
            Render<IOException> failing = () -> {
                failures.incrementAndGet();
                throw new IOException("no template");
            };
            assertThatThrownBy(() -> fragments.get("bar", failing))
                    .isInstanceOf(IOException.class)
                    .hasMessage("no template");
            assertThat(failures).hasValue(1);

            FragmentOptions grace =
                    FragmentOptions.NONE.withTimeToLive(Duration.ofMillis(1)).withGrace(Duration.ofHours(1));
            String old = fragments.get("old", 1, grace, rendering("old "));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> old.equals(fragments.get("old", 1, grace, failing)) && failures.get() > 1);
        }
    }

    @Test
    void nothing_isNotKept() {
        try (Application application = Application.of(Page.class)) {
            Fragments fragments = application.bean(Fragments.class);
            Render<RuntimeException> nothing = () -> {
                renders.incrementAndGet();
                return null;
            };
            assertThat(fragments.get("bar", nothing)).isNull();
            assertThat(fragments.get("bar", nothing)).isNull();
            assertThat(renders).hasValue(2);
        }
    }

    @Test
    void outage_neverFailsThePage() throws Exception {
        System.setProperty("nearfar.outage", "closed");
        System.setProperty("nearfar.deadline", "250ms");
        LocalRedis other = LocalRedis.start();
        System.setProperty("nearfar.address", other.address());
        try (Application application = Application.of(Page.class)) {
            Fragments fragments = application.bean(Fragments.class);
            fragments.get("bar", 1, rendering("bar "));
            other.close();
            for (int i = 0; i < 3; i++) {
                int before = renders.get();
                assertThat(fragments.get("bar", 10 + i, rendering("bar "))).isEqualTo("bar " + (before + 1));
            }
        }
    }

    @Test
    void cacheThatCannotBeOpened_leavesThePageToRender_andIsToldOnce() {
        System.setProperty("nearfar.cache.fragments.ttl", "weekly");
        try (Application application = Application.of(Facts.class)) {
            Fragments fragments = application.bean(Fragments.class);
            assertThat(fragments.get("bar", rendering("bar "))).isEqualTo("bar 1");
            assertThat(fragments.get("bar", rendering("bar "))).isEqualTo("bar 2");
        }
        assertThat(lines.text().lines().filter(line -> line.contains("NF0801")))
                .singleElement()
                .asString()
                .contains("fragments of pages");
    }

    @Test
    void wrongSetting_failsTheDeployment_whereFragmentsAreInjected() {
        System.setProperty("nearfar.cache.fragments.ttl", "weekly");
        assertThatThrownBy(() -> Application.of(Page.class))
                .isInstanceOf(DeploymentException.class)
                .hasStackTraceContaining("nearfar.cache.fragments.ttl");
    }

    @Test
    void bean_hasAName() {
        try (Application application = Application.of(Page.class)) {
            Object named = application
                    .container()
                    .select(NamedLiteral.of("nearfarFragments"))
                    .get();
            assertThat(((Fragments) named).get("bar", rendering("bar "))).isEqualTo("bar 1");
        }
    }

    @Test
    void tagsBeyondWhatAnEntryCarries_areRefused() {
        String[] tags = new String[32];
        for (int i = 0; i < tags.length; i++) {
            tags[i] = "tag:" + i;
        }
        assertThatThrownBy(() -> FragmentOptions.NONE.withTags(tags))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has 32 tags, and it can carry 31");
    }
}
