package io.nearfar.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.cdi.nodes.LocalRedis;
import io.nearfar.cdi.testing.NoJson;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Version;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Function;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.Caching;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;
import org.hibernate.cfg.Configuration;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The second-level cache of Hibernate in Nearfar, where only declared and allowed types are decoded. */
@Timeout(180)
class HibernateCacheTest {
    private static final String LATE = "from Book where printed > :day and id = :id";

    private static final List<AutoCloseable> OPEN = new ArrayList<>();

    private static LocalRedis server;
    private static String books;
    private static SessionFactory first;
    private static SessionFactory second;

    /** A kind of cover, of the application. */
    enum Cover {
        HARD,
        SOFT
    }

    /** A part of an entity. */
    @Embeddable
    static class Size {
        int width;
        int height;
    }

    /** An entity that others refer to. */
    @Entity(name = "Author")
    @Cache(usage = CacheConcurrencyStrategy.NONSTRICT_READ_WRITE)
    static class Author {
        @Id
        long id;

        String name;
    }

    /** An entity with all that Hibernate keeps in caches. */
    @Entity(name = "Book")
    @NaturalIdCache
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    static class Book {
        @Id
        long id;

        @Version
        int version;

        @NaturalId
        String isbn;

        String title;
        BigDecimal price;
        LocalDate printed;

        @Enumerated(EnumType.STRING)
        Cover cover;

        @Embedded
        Size size;

        @ManyToOne(fetch = FetchType.LAZY)
        Author author;

        @ElementCollection
        @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
        List<String> words = new ArrayList<>();
    }

    @BeforeAll
    static void start() throws IOException {
        server = LocalRedis.start();
        books = "books-" + UUID.randomUUID(); // no other run's, which would be there still
        OPEN.add(server);
        first = node("first", "create-only", "@hibernate", Cover.class.getName());
        second = node("second", "none", "@hibernate", Cover.class.getName());
    }

    @AfterAll
    static void stop() throws Exception {
        for (int i = OPEN.size() - 1; i >= 0; i--) {
            OPEN.get(i).close();
        }
        OPEN.clear();
    }

    @Test
    void declaredTrustWithThePreset_anotherNodeReadsAllKindsOfRegions() {
        in(first, session -> persist(session, 1));
        in(first, session -> read(session, 1));

        Statistics statistics = second.getStatistics();
        statistics.clear();
        String found = in(second, session -> read(session, 1));
        assertThat(found).isEqualTo("Faust: 12.50 HARD 3x5 Goethe [ah, oh] 1");
        assertThat(statistics.getPrepareStatementCount())
                .as("statements for the database, of %s", statistics)
                .isZero();
        assertThat(statistics.getQueryCacheHitCount()).isEqualTo(1);
        assertThat(statistics.getNaturalIdCacheHitCount()).isEqualTo(1);
        assertThat(statistics
                        .getDomainDataRegionStatistics(Book.class.getName() + ".words")
                        .getHitCount())
                .isEqualTo(1);
    }

    @Test
    void declaredTrustWithThePreset_changeOfAnotherNodeIsSeen() {
        in(first, session -> persist(session, 2));
        in(first, session -> read(session, 2));
        in(second, session -> read(session, 2));
        in(second, session -> session.find(Book.class, 2L).title = "Faust II");

        // the message may come after the commit, and on a busy machine late
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            String found = in(first, session -> read(session, 2));
            assertThat(found).startsWith("Faust II");
        });
    }

    @Test
    void declaredTrustWithoutThePreset_isRefusedWithTheClass() {
        SessionFactory alone = node("alone", "none", "com.acme.*");

        assertThatThrownBy(() -> in(alone, session -> persist(session, 3)))
                .isInstanceOf(CacheException.class)
                .hasMessageContainingAll("type org.hibernate.cache.", "codec.allow=org.hibernate.cache.");
    }

    private static Object persist(Session session, long id) {
        Author author = new Author();
        author.id = id;
        author.name = "Goethe";
        session.persist(author);
        Book book = new Book();
        book.id = id;
        book.isbn = "978-" + id;
        book.title = "Faust";
        book.price = new BigDecimal("12.50");
        book.printed = LocalDate.of(1808, 4, 1);
        book.cover = Cover.HARD;
        book.size = new Size();
        book.size.width = 3;
        book.size.height = 5;
        book.author = author;
        book.words.addAll(List.of("ah", "oh"));
        session.persist(book);
        return book;
    }

    /** Looks for the book by its natural id, then for all by a query, and shows what it is. */
    private static String read(Session session, long id) {
        Book book = session.bySimpleNaturalId(Book.class).load("978-" + id);
        long found = session.createSelectionQuery(LATE, Book.class)
                .setParameter("day", LocalDate.of(1800, 1, 1))
                .setParameter("id", id)
                .setCacheable(true)
                .list()
                .size();
        return book.title + ": " + book.price + " " + book.cover + " " + book.size.width + "x" + book.size.height + " "
                + Hibernate.unproxy(book.author, Author.class).name + " " + new ArrayList<>(book.words) + " " + found;
    }

    private static <T> T in(SessionFactory factory, Function<Session, T> work) {
        nextMillisecond();
        T result = factory.fromTransaction(work);
        nextMillisecond();
        return result;
    }

    /** What Hibernate caches in a millisecond counts for sessions that begin in a later one. */
    private static void nextMillisecond() {
        long now = System.currentTimeMillis();
        while (System.currentTimeMillis() <= now) {
            Thread.onSpinWait();
        }
    }

    private static SessionFactory node(String name, String tables, String... allow) {
        Configuration configuration = new Configuration();
        configuration.addAnnotatedClass(Author.class).addAnnotatedClass(Book.class);
        Properties properties = configuration.getProperties();
        properties.put("hibernate.connection.url", "jdbc:h2:mem:" + books + ";DB_CLOSE_DELAY=-1");
        properties.put("hibernate.hbm2ddl.auto", tables);
        properties.put("hibernate.type.json_format_mapper", new NoJson());
        properties.put("hibernate.generate_statistics", "true");
        properties.put("hibernate.session.events.log", "false");
        properties.put("hibernate.cache.use_second_level_cache", "true");
        properties.put("hibernate.cache.use_query_cache", "true");
        properties.put("hibernate.cache.region.factory_class", "jcache");
        properties.put("hibernate.javax.cache.missing_cache_strategy", "create");
        properties.put("hibernate.javax.cache.cache_manager", manager(name, allow));
        SessionFactory factory = configuration.buildSessionFactory();
        OPEN.add(factory);
        return factory;
    }

    private static CacheManager manager(String name, String... allow) {
        Properties settings = new Properties();
        settings.setProperty("nearfar.address", server.address());
        settings.setProperty("nearfar.deadline", "9s");
        settings.setProperty("nearfar.connect-timeout", "9s");
        settings.setProperty("nearfar.codec.trust", "declared");
        settings.setProperty("nearfar.codec.allow", String.join(",", allow));
        CacheManager manager = Caching.getCachingProvider("io.nearfar.spi.NearfarCachingProvider")
                .getCacheManager(URI.create(name), HibernateCacheTest.class.getClassLoader(), settings);
        OPEN.add(manager);
        return manager;
    }
}
