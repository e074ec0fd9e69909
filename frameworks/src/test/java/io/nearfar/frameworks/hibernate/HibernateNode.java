package io.nearfar.frameworks.hibernate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.hibernate.stat.Statistics;

/** A node: a session factory with its second-level cache, whose settings stand in a file that Hibernate's own settings name. */
final class HibernateNode implements AutoCloseable {
    private final SessionFactory factory;

    private HibernateNode(SessionFactory factory) {
        this.factory = factory;
    }

    /** Opens one on a database in memory, which another may share, with the lines of its file. */
    static HibernateNode open(Path folder, String database, String strategy, List<String> lines) throws IOException {
        Path file = Files.write(Files.createTempFile(folder, "nearfar", ".properties"), lines);
        Configuration configuration = new Configuration()
                .addAnnotatedClass(Library.Locked.class)
                .addAnnotatedClass(Library.Loose.class)
                .addAnnotatedClass(Library.Transactional.class);
        Properties properties = configuration.getProperties();
        properties.put("hibernate.connection.url", "jdbc:h2:mem:" + database + ";DB_CLOSE_DELAY=-1");
        properties.put("hibernate.hbm2ddl.auto", "update");
        properties.put("hibernate.generate_statistics", "true");
        properties.put("hibernate.session.events.log", "false");
        properties.put("hibernate.cache.use_second_level_cache", "true");
        properties.put("hibernate.cache.use_query_cache", "true");
        properties.put("hibernate.cache.region.factory_class", "jcache");
        properties.put("hibernate.javax.cache.provider", "io.nearfar.spi.NearfarCachingProvider");
        properties.put("hibernate.javax.cache.uri", file.toUri().toString());
        properties.put("hibernate.javax.cache.missing_cache_strategy", strategy);
        return new HibernateNode(configuration.buildSessionFactory());
    }

    /** Does something in a transaction of its own. What is cached in a millisecond counts for sessions of a later one. */
    <T> T in(Function<Session, T> work) {
        nextMillisecond();
        T result = factory.fromTransaction(work);
        nextMillisecond();
        return result;
    }

    /** Saves a new one. */
    void save(Library.Titled entity) {
        in(session -> {
            session.persist(entity);
            return null;
        });
    }

    /** Returns the title of one. */
    String title(Class<? extends Library.Titled> type, String id) {
        return in(session -> session.find(type, id).title());
    }

    /** Changes the title of one. */
    void change(Class<? extends Library.Titled> type, String id, String title) {
        in(session -> {
            session.find(type, id).title(title);
            return null;
        });
    }

    /** Returns how many have that title, by a query that is cached. */
    long having(String title) {
        return in(
                session -> session.createSelectionQuery("select count(*) from Locked where title = :title", Long.class)
                        .setParameter("title", title)
                        .setCacheable(true)
                        .getSingleResult());
    }

    SessionFactory factory() {
        return factory;
    }

    Statistics statistics() {
        return factory.getStatistics();
    }

    private static void nextMillisecond() {
        long now = System.currentTimeMillis();
        while (System.currentTimeMillis() <= now) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        factory.close();
    }
}
