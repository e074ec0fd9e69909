package io.nearfar.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionSynchronizationRegistryImple;
import io.nearfar.EntryOptions;
import io.nearfar.InvalidationDeclaration;
import io.nearfar.NearfarCache;
import io.nearfar.cdi.annotation.InvalidatesCache;
import io.nearfar.cdi.model.ModelEvents;
import io.nearfar.cdi.model.NearfarEntityListener;
import io.nearfar.cdi.nodes.LocalRedis;
import io.nearfar.cdi.testing.ErrorLines;
import io.nearfar.cdi.testing.Jpa;
import io.nearfar.cdi.testing.Jpa.Vendor;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityTransaction;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What changes of JPA entities end, and when, with a server and a transaction manager. */
@Timeout(180)
class ModelEventsTest {
    private static final String TABLES = "create table person (id int primary key, city varchar(40));"
            + "insert into person values (1, 'Bern'); insert into person values (2, 'Bern');"
            + "insert into person values (3, 'Wien'); insert into person values (4, 'Rom')";

    private static LocalRedis server;

    @RegisterExtension
    final ErrorLines lines = new ErrorLines();

    @BeforeAll
    static void start() throws IOException {
        server = LocalRedis.start();
        System.setProperty("nearfar.address", server.address());
        System.setProperty("nearfar.deadline", "9s");
        System.setProperty("nearfar.connect-timeout", "9s");
    }

    @AfterAll
    static void stop() throws IOException {
        System.clearProperty("nearfar.address");
        System.clearProperty("nearfar.deadline");
        System.clearProperty("nearfar.connect-timeout");
        server.close();
    }

    /** Somebody who lives somewhere. */
    @Entity(name = "Person")
    @Table(name = "person")
    @EntityListeners(NearfarEntityListener.class)
    @InvalidatesCache(
            caches = "people",
            tags = {"person:{id}", "city:{city}"})
    @InvalidatesCache(caches = "feeds", keys = "{id}", patterns = "feed:{id}:*")
    @InvalidatesCache(invalidation = "friends", arguments = "of=friend-{id}")
    public static class Person {
        @Id
        private int id;

        @Column(name = "city")
        private String city;

        protected Person() {}

        Person(int id, String city) {
            this.id = id;
            this.city = city;
        }

        public int getId() {
            return id;
        }

        public String getCity() {
            return city;
        }

        void moveTo(String other) {
            city = other;
        }
    }

    /** What the application has beside its entities. */
    @Dependent
    public static class Beans {
        @Produces
        TransactionSynchronizationRegistry registry() {
            return new TransactionSynchronizationRegistryImple();
        }

        @Produces
        InvalidationDeclaration friends() {
            return InvalidationDeclaration.of("friends", "of")
                    .withCaches("friends")
                    .withTags("{of}");
        }
    }

    /** An application, its caches, which are full, and its database. */
    private record Shop(Application application, Jpa jpa) implements AutoCloseable {
        static Shop open(Vendor vendor, boolean isJta) throws Exception {
            Application application = Application.of(Beans.class);
            Shop shop = new Shop(
                    application,
                    isJta ? Jpa.jta(vendor, TABLES, Person.class) : Jpa.local(vendor, TABLES, Person.class));
            for (String name : List.of("people", "feeds", "friends")) {
                application
                        .manager()
                        .createCache(
                                name, new MutableConfiguration<String, String>().setTypes(String.class, String.class));
                shop.cache(name).clear();
            }
            shop.fill();
            return shop;
        }

        void fill() {
            for (int id = 1; id <= 4; id++) {
                cache("people").put("p" + id, "", EntryOptions.NONE.withTags("person:" + id));
                cache("feeds").put(String.valueOf(id), "");
                cache("feeds").put("feed:" + id + ":a", "");
                cache("friends").put("f" + id, "", EntryOptions.NONE.withTags("friend-" + id));
            }
            for (String city : List.of("Bern", "Wien", "Rom", "Oslo")) {
                cache("people").put(city, "", EntryOptions.NONE.withTags("city:" + city));
            }
        }

        @SuppressWarnings("unchecked")
        NearfarCache<String, String> cache(String name) {
            return application
                    .manager()
                    .getCache(name, String.class, String.class)
                    .unwrap(NearfarCache.class);
        }

        ModelEvents events() {
            return application.bean(ModelEvents.class);
        }

        /** Tells which of the entries about a person and some cities are there. */
        String present(int id, String... cities) {
            StringBuilder present = new StringBuilder();
            for (String key : cities) {
                present.append(cache("people").containsKey(key) ? key + " " : "");
            }
            present.append(cache("people").containsKey("p" + id) ? "person " : "");
            present.append(cache("feeds").containsKey(String.valueOf(id)) ? "key " : "");
            present.append(cache("feeds").containsKey("feed:" + id + ":a") ? "feed " : "");
            present.append(cache("friends").containsKey("f" + id) ? "friends" : "");
            return present.toString();
        }

        @Override
        public void close() throws Exception {
            jpa.close();
            if (application.container().isRunning()) {
                application.close();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void update_endsWhatWasAndWhatIs_whenItIsCommitted(Vendor vendor) throws Exception {
        try (Shop shop = Shop.open(vendor, true)) {
            shop.jpa().inJta(true, entities -> {
                entities.find(Person.class, 1).moveTo("Wien");
                entities.flush();
                assertThat(shop.present(1, "Bern", "Wien", "Rom")).isEqualTo("Bern Wien Rom person key feed friends");
            });

            assertThat(shop.present(1, "Bern", "Wien", "Rom")).isEqualTo("Rom ");
            assertThat(shop.present(2)).isEqualTo("person key feed friends");
        }
    }

    @ParameterizedTest
    @EnumSource
    void rollback_endsNothing(Vendor vendor) throws Exception {
        try (Shop shop = Shop.open(vendor, true)) {
            shop.jpa().inJta(false, entities -> {
                entities.find(Person.class, 1).moveTo("Wien");
                entities.remove(entities.find(Person.class, 2));
                entities.flush();
                shop.events().changed(Person.class);
            });

            assertThat(shop.present(1, "Bern", "Wien")).isEqualTo("Bern Wien person key feed friends");
            assertThat(shop.present(2)).isEqualTo("person key feed friends");
        }
    }

    @ParameterizedTest
    @EnumSource
    void persistAndRemove_endWhatIsNamed(Vendor vendor) throws Exception {
        try (Shop shop = Shop.open(vendor, true)) {
            shop.cache("people").put("p5", "", EntryOptions.NONE.withTags("person:5"));
            shop.jpa().inJta(true, entities -> {
                entities.persist(new Person(5, "Oslo"));
                entities.remove(entities.find(Person.class, 3));
            });

            assertThat(shop.present(5, "Oslo")).isEmpty();
            assertThat(shop.present(3, "Wien", "Bern")).isEqualTo("Bern ");
        }
    }

    @ParameterizedTest
    @EnumSource
    void merged_endsWhatWasAndWhatIs(Vendor vendor) throws Exception {
        try (Shop shop = Shop.open(vendor, true)) {
            shop.jpa().inJta(true, entities -> entities.merge(new Person(4, "Oslo")));

            assertThat(shop.present(4, "Rom", "Oslo", "Bern")).isEqualTo("Bern ");
        }
    }

    @ParameterizedTest
    @EnumSource
    void bulkStatement_thatIsTold_endsAllOfItsCaches(Vendor vendor) throws Exception {
        try (Shop shop = Shop.open(vendor, true)) {
            shop.jpa().inJta(true, entities -> {
                entities.createQuery("update Person p set p.city = 'Rom'").executeUpdate();
                assertThat(shop.present(1, "Bern")).isEqualTo("Bern person key feed friends");
                shop.events().changed(Person.class);
                assertThat(shop.present(1, "Bern")).isEqualTo("Bern person key feed friends");
            });

            assertThat(shop.present(1, "Bern", "Wien")).isEmpty();
            assertThat(shop.present(4, "Oslo")).isEmpty();
        }
    }

    @Test
    void changedObject_isFiredAtOnce_withoutATransaction() throws Exception {
        try (Shop shop = Shop.open(Vendor.HIBERNATE, true)) {
            shop.events().changed(new Person(4, "Rom"));

            assertThat(shop.present(4, "Rom", "Bern")).isEqualTo("Bern ");
            assertThat(shop.present(1)).isEqualTo("person key feed friends");
            assertThatThrownBy(() -> shop.events().changed("no entity"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("@InvalidatesCache");
        }
    }

    private static void locally(Shop shop, Consumer<EntityTransaction> end, Consumer<EntityManager> work) {
        EntityManager entities = shop.jpa().units().createEntityManager();
        EntityTransaction transaction = shop.events().following(entities.getTransaction());
        transaction.begin();
        work.accept(entities);
        entities.flush();
        assertThat(shop.present(1, "Bern", "Wien")).isEqualTo("Bern Wien person key feed friends");
        end.accept(transaction);
        entities.close();
    }

    @ParameterizedTest
    @EnumSource
    void followedTransaction_endsAtItsCommit_andNothingIfRolledBack(Vendor vendor) throws Exception {
        try (Shop shop = Shop.open(vendor, false)) {
            locally(
                    shop,
                    EntityTransaction::rollback,
                    entities -> entities.find(Person.class, 1).moveTo("Wien"));
            assertThat(shop.present(1, "Bern", "Wien")).isEqualTo("Bern Wien person key feed friends");

            locally(
                    shop,
                    EntityTransaction::commit,
                    entities -> entities.find(Person.class, 1).moveTo("Wien"));
            assertThat(shop.present(1, "Bern", "Wien", "Rom")).isEqualTo("Rom ");
            assertThat(lines.text()).doesNotContain("NF086");
        }
    }

    @ParameterizedTest
    @EnumSource
    void unfollowedTransaction_endsAtTheFlush_andIsTold(Vendor vendor) throws Exception {
        try (Shop shop = Shop.open(vendor, false)) {
            EntityManager entities = shop.jpa().units().createEntityManager();
            entities.getTransaction().begin();
            entities.find(Person.class, 1).moveTo("Wien");
            entities.find(Person.class, 2).moveTo("Wien");
            entities.flush();

            assertThat(shop.present(1, "Bern", "Wien", "Rom")).isEqualTo("Rom ");
            assertThat(lines.text().lines().filter(line -> line.contains("NF0861")))
                    .singleElement()
                    .asString()
                    .contains("Person", "ModelEvents.following");
            entities.getTransaction().rollback();
            entities.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void failingInvalidation_failsNoTransaction_andIsTold(Vendor vendor) throws Exception {
        try (Shop shop = Shop.open(vendor, true)) {
            shop.jpa().inJta(true, entities -> {
                entities.find(Person.class, 1).moveTo("Wien");
                entities.flush();
                shop.application().close();
            });

            assertThat(lines.text()).contains("NF0862", "The application is being stopped");
            EntityManager entities = shop.jpa().units().createEntityManager();
            assertThat(entities.createNativeQuery("select city from person where id = 1")
                            .getSingleResult())
                    .isEqualTo("Wien");
            entities.close();
        }
    }

    /** Nobody hears it by an annotation, and it says nothing of caches itself. */
    @Entity
    public static class Visit {
        @Id
        private int id;

        public int getId() {
            return id;
        }
    }

    /** Names an attribute that is not there. */
    @Entity
    @EntityListeners(NearfarEntityListener.class)
    @InvalidatesCache(caches = "people", tags = "visit:{guest.id}")
    public static class NoAttribute {
        @Id
        private int id;
    }

    /** Names both. */
    @Entity
    @EntityListeners(NearfarEntityListener.class)
    @InvalidatesCache(caches = "people", invalidation = "friends")
    public static class Both {
        @Id
        private int id;
    }

    /** Names an invalidation that is not there. */
    @Entity
    @EntityListeners(NearfarEntityListener.class)
    @InvalidatesCache(invalidation = "enemies")
    public static class Unknown {
        @Id
        private int id;
    }

    /** Gives a parameter nothing. */
    @Entity
    @EntityListeners(NearfarEntityListener.class)
    @InvalidatesCache(invalidation = "friends")
    public static class NoArgument {
        @Id
        private int id;
    }

    /** Has a pattern that means nothing. */
    @Entity
    @EntityListeners(NearfarEntityListener.class)
    @InvalidatesCache(caches = "people", patterns = "feed:[0-9")
    public static class BadPattern {
        @Id
        private int id;
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                arguments(Both.class, "NF0845", "either caches"),
                arguments(NoAttribute.class, "NF0846", "\"visit:{guest.id}\""),
                arguments(BadPattern.class, "NF0847", "bracket"),
                arguments(Unknown.class, "NF0848", "nearfar.invalidation.enemies"),
                arguments(NoArgument.class, "NF0849", "friends(of)"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void mistake_failsTheDeployment(Class<?> entity, String id, String why) {
        assertThatThrownBy(() -> Application.of(Beans.class, entity).close())
                .hasMessageContainingAll("NF0800 1 mistake(s)", id, entity.getName(), why);
    }

    @Test
    void entityOfASetting_isLookedAt_andAsksForTheListener() throws Exception {
        System.setProperty("nearfar.invalidation.visits.caches", "visits");
        System.setProperty("nearfar.invalidation.visits.parameters", "id");
        System.setProperty("nearfar.invalidation.visits.tags", "visit:{id}");
        System.setProperty("nearfar.invalidation.visits.entities", Visit.class.getName());
        try (Application application = Application.of(Beans.class)) {
            assertThat(lines.text()).contains("NF0850", "$Visit");
            NearfarCache<?, ?> visits = application
                    .manager()
                    .createCache(
                            "visits", new MutableConfiguration<String, String>().setTypes(String.class, String.class))
                    .unwrap(NearfarCache.class);
            put(visits, "v", "visit:0");

            application.bean(ModelEvents.class).changed(new Visit());

            assertThat(visits.iterator().hasNext()).isFalse();
        } finally {
            for (String part : List.of("caches", "parameters", "tags", "entities")) {
                System.clearProperty("nearfar.invalidation.visits." + part);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static void put(NearfarCache<?, ?> cache, String key, String tag) {
        ((NearfarCache<String, String>) cache).put(key, "", EntryOptions.NONE.withTags(tag));
    }
}
