package io.nearfar.sample.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.nearfar.EntryOptions;
import io.nearfar.Limit;
import io.nearfar.NearfarCache;
import io.nearfar.NearfarManager;
import io.nearfar.Quota;
import io.nearfar.RateLimitExceededException;
import io.nearfar.RateLimiter;
import io.nearfar.cdi.annotation.NamedCache;
import io.nearfar.sample.people.PreferenceBook;
import io.nearfar.sample.people.Preferences;
import io.nearfar.sample.place.Cities;
import io.nearfar.sample.place.CityEdit;
import io.nearfar.sample.place.CityPage;
import io.nearfar.sample.place.CitySearch;
import io.nearfar.sample.signin.Session;
import io.nearfar.sample.trend.Board;
import io.nearfar.sample.trend.Trending;
import io.nearfar.sample.trend.Views;
import io.nearfar.sample.web.CityResource;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.UserTransaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The application's beans inside the server: its caches are Nearfar's, and the annotations do what they say. */
@ExtendWith(ArquillianExtension.class)
class OneNodeIT {
    private static final long MADRID = 3117735;
    private static final long SANTIAGO = 3871336;
    private static final long BOGOTA = 3688689;

    @Inject
    CacheManager manager;

    @Inject
    BeanManager beans;

    @Inject
    Cities cities;

    @Inject
    CitySearch search;

    @Inject
    PreferenceBook preferences;

    @Inject
    Views views;

    @Inject
    Trending trending;

    @Inject
    @NamedCache("city")
    NearfarCache<?, ?> city;

    @Inject
    @NamedCache("views")
    Cache<Long, Board> boards;

    @Inject
    @NamedCache("sessions")
    Cache<String, Session> sessions;

    @Inject
    @NamedCache("trending")
    NearfarCache<?, ?> kept;

    @Inject
    CityResource resource;

    @Inject
    RateLimiter limiter;

    @Inject
    UserTransaction transaction;

    @Inject
    EntityManager entities;

    @Deployment
    @TargetsContainer("node-1")
    static WebArchive node() {
        return Wars.withAssertions();
    }

    @Test
    void manager_isNearfarsAlthoughTheServerHasItsOwn() {
        assertThat(manager.getCachingProvider().getClass().getName()).startsWith("io.nearfar.");
        assertThat(beans.getBeans(Object.class))
                .extracting(bean -> bean.getBeanClass().getName())
                .filteredOn(name -> name.startsWith("fish.payara.cdi.jsr107.") && !name.endsWith("CDIExtension"))
                .isEmpty();
    }

    @Test
    void page_askedTwice_isLoadedOnce() {
        long loads = city.figures().loads();
        CityPage first = cities.page(MADRID);
        CityPage again = cities.page(MADRID);
        assertThat(again).isEqualTo(first);
        assertThat(city.figures().loads()).isEqualTo(loads + 1);
    }

    @Test
    void page_unknownCity_isAskedEveryTimeAndFailsNever() {
        long loads = city.figures().loads();
        assertThat(cities.page(-1)).isNull();
        assertThat(cities.page(-1)).isNull();
        assertThat(city.figures().loads()).isEqualTo(loads + 2);
    }

    @Test
    void change_removesThePage() {
        cities.page(SANTIAGO);
        assertThat(cities.change(SANTIAGO, new CityEdit(5_000_001, null))).isNotNull();
        assertThat(cities.page(SANTIAGO).city().population()).isEqualTo(5_000_001);
    }

    @Test
    void keep_putsThePreferencesIntoTheCache() {
        preferences.keep("ada", new Preferences("mi", "dark"));
        assertThat(preferences.of("ada")).isEqualTo(new Preferences("mi", "dark"));
    }

    @Test
    void page_askedByManyAtOnce_isLoadedOnce() throws Exception {
        long loads = city.figures().loads();
        ExecutorService visitors = Executors.newFixedThreadPool(16);
        List<Future<CityPage>> pages = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            pages.add(visitors.submit(() -> cities.page(BOGOTA)));
        }
        visitors.shutdown();
        for (Future<CityPage> page : pages) {
            assertThat(page.get().city().name()).isEqualTo("Bogotá");
        }
        assertThat(city.figures().loads()).isEqualTo(loads + 1);
    }

    @Test
    void count_byManyAtOnce_losesNone() throws Exception {
        long before = counted();
        ExecutorService visitors = Executors.newFixedThreadPool(8);
        List<Future<?>> done = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            done.add(visitors.submit(() -> views.count(MADRID)));
        }
        visitors.shutdown();
        for (Future<?> view : done) {
            view.get();
        }
        assertThat(counted()).isEqualTo(before + 200);
        assertThat(trending.now()).isNotNull();
    }

    private long counted() {
        long minute = System.currentTimeMillis() / 60_000;
        return boards.getAll(Set.of(minute - 1, minute)).values().stream()
                .mapToLong(board -> board.views().getOrDefault(MADRID, 0))
                .sum();
    }

    @Test
    void session_inItsCache_isRead() {
        sessions.put("token", new Session("ben", Set.of()));
        assertThat(sessions.get("token")).isEqualTo(new Session("ben", Set.of()));
        assertThat(sessions.getAndRemove("token").person()).isEqualTo("ben");
        assertThat(sessions.get("token")).isNull();
    }

    @Test
    void searches_ofAllTogether_areLimitedWhoeverAsks() {
        Quota all = new Limit("searches-of-all", 10_000, Duration.ofMinutes(1)).forAll();
        limiter.reset(all);
        assertThat(limiter.decide(List.of(all), 10_000).admitted()).isTrue();
        try {
            assertThatExceptionOfType(RateLimitExceededException.class)
                    .isThrownBy(() -> resource.suggestions("mad"))
                    .satisfies(refused -> assertThat(refused.decision().violated())
                            .extracting(use -> use.quota())
                            .containsExactly(all));
        } finally {
            limiter.reset(all);
        }
        assertThat(resource.suggestions("mad").data()).isNotEmpty();
    }

    /** Fail-safe: what cannot be loaded is answered with what its time is over for. */
    @Test
    void trending_thatMayNotBeLoaded_isAnsweredFromItsGrace() {
        Quota loads = new Limit("cache.trending.load", 60, Duration.ofMinutes(1)).forAll();
        limiter.reset(loads);
        trending.now();
        long before = kept.figures().graceAnswers();
        long left = limiter.info(loads).remaining();
        assertThat(limiter.decide(List.of(loads), left).admitted()).isTrue();
        try {
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                assertThat(trending.now()).isNotNull();
                assertThat(kept.figures().graceAnswers()).isGreaterThan(before);
            });
        } finally {
            limiter.reset(loads);
        }
    }

    /** What the entity says holds whoever changes it, and at the commit alone. */
    @Test
    void city_changed_endsWhatListsItAtTheCommitAndNotAtARollback() throws Exception {
        NearfarCache<Object, Object> lists =
                manager.unwrap(NearfarManager.class).cacheFromTemplate("largest", Object.class, Object.class, Set.of());
        lists.put("of Spain", "old", EntryOptions.NONE.withTags("country:ES"));
        lists.put("of Peru", "old", EntryOptions.NONE.withTags("country:PE"));

        long people = cities.page(MADRID).city().population();
        transaction.begin();
        cities.change(MADRID, new CityEdit(people + 1, null));
        entities.flush();
        transaction.rollback();
        assertThat(lists.get("of Spain")).isEqualTo("old");

        transaction.begin();
        cities.change(MADRID, new CityEdit(people + 2, null));
        entities.flush();
        assertThat(lists.get("of Spain")).isEqualTo("old");
        transaction.commit();
        assertThat(lists.get("of Spain")).isNull();
        assertThat(lists.get("of Peru")).isEqualTo("old");
    }

    @Test
    void suggestions_forgotten_areAskedAgain() {
        assertThat(search.suggestions("mad"))
                .first()
                .satisfies(found -> assertThat(found.id()).isEqualTo(MADRID));
        search.forgetSuggestions();
        assertThat(search.suggestions("mad")).isNotEmpty();
    }
}
