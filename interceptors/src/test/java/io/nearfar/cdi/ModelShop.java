package io.nearfar.cdi;

import com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionSynchronizationRegistryImple;
import io.nearfar.EntryOptions;
import io.nearfar.InvalidationDeclaration;
import io.nearfar.NearfarCache;
import io.nearfar.cdi.annotation.InvalidatesCache;
import io.nearfar.cdi.model.ModelEvents;
import io.nearfar.cdi.model.NearfarEntityListener;
import io.nearfar.cdi.testing.Jpa;
import io.nearfar.cdi.testing.Jpa.Vendor;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import javax.cache.configuration.MutableConfiguration;

/**
 * An application with entities, its caches, and two databases of its persistence units: one takes part in JTA transactions, the
 * other in those of entity managers.
 */
record ModelShop(Application application, Jpa jta, Jpa local) implements AutoCloseable {
    private static final List<String> TABLES = List.of(
            "create table person (id int primary key, city varchar(40))",
            "create table country (code varchar(2) primary key, name varchar(40))",
            "create table town (id int primary key, residents int, country varchar(2))");
    private static final List<String> ROWS = List.of(
            "delete from person",
            "delete from town",
            "delete from country",
            "insert into person values (1, 'Bern'), (2, 'Bern'), (3, 'Wien'), (4, 'Rom')",
            "insert into country values ('ch', 'Schweiz'), ('at', 'Austria'), ('it', 'Italia')",
            "insert into town select x, 0, 'ch' from system_range(1, 10)");
    private static final Class<?>[] ENTITIES = {Person.class, Town.class, Country.class};

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
            if (city.equals("nowhere")) {
                throw new AssertionError("Nobody lives nowhere");
            }
            return city;
        }

        void moveTo(String other) {
            city = other;
        }
    }

    /** A town, which lies in a country. */
    @Entity(name = "Town")
    @Table(name = "town")
    @EntityListeners(NearfarEntityListener.class)
    @InvalidatesCache(caches = "people", tags = "country:{country.name}")
    public static class Town {
        @Id
        private int id;

        private int residents;

        @ManyToOne(fetch = FetchType.LAZY)
        @JoinColumn(name = "country")
        private Country country;

        public Country getCountry() {
            return country;
        }

        void grow() {
            residents++;
        }

        void moveTo(Country other) {
            country = other;
        }
    }

    /** A country; its own changes end nothing. */
    @Entity(name = "Country")
    @Table(name = "country")
    public static class Country {
        @Id
        private String code;

        private String name;

        public String getName() {
            return name;
        }
    }

    /** That of the transaction manager, which may refuse to tell of an end. */
    public static final class Registry extends TransactionSynchronizationRegistryImple {
        static volatile boolean refuses;

        @Override
        public void registerInterposedSynchronization(Synchronization synchronization) {
            if (refuses) {
                throw new IllegalStateException("Too late");
            }
            super.registerInterposedSynchronization(synchronization);
        }
    }

    /** What the application has beside its entities. */
    @Dependent
    public static class Beans {
        @Produces
        TransactionSynchronizationRegistry registry() {
            return new Registry();
        }

        @Produces
        InvalidationDeclaration friends() {
            return InvalidationDeclaration.of("friends", "of")
                    .withCaches("friends")
                    .withTags("{of}");
        }
    }

    static ModelShop open(Vendor vendor) throws SQLException {
        Jpa jta = Jpa.jta(vendor, TABLES, ENTITIES);
        Jpa local = Jpa.local(vendor, TABLES, ENTITIES);
        ModelShop shop = new ModelShop(Application.of(Beans.class), jta, local);
        for (String name : List.of("people", "feeds", "friends")) {
            shop.application
                    .manager()
                    .createCache(name, new MutableConfiguration<String, String>().setTypes(String.class, String.class));
        }
        return shop;
    }

    /** Has all rows and entries as in the beginning. */
    void reset() throws SQLException {
        jta.execute(ROWS);
        local.execute(ROWS);
        Stream.of("people", "feeds", "friends").forEach(name -> cache(name).clear());
        for (int id = 1; id <= 4; id++) {
            cache("people").put("p" + id, "", EntryOptions.NONE.withTags("person:" + id));
            cache("feeds").put(String.valueOf(id), "");
            cache("feeds").put("feed:" + id + ":a", "");
            cache("friends").put("f" + id, "", EntryOptions.NONE.withTags("friend-" + id));
        }
        for (String city : List.of("Bern", "Wien", "Rom", "Oslo")) {
            cache("people").put(city, "", EntryOptions.NONE.withTags("city:" + city));
        }
        for (String country : List.of("Schweiz", "Austria", "Italia")) {
            cache("people").put(country, "", EntryOptions.NONE.withTags("country:" + country));
        }
    }

    @SuppressWarnings("unchecked")
    NearfarCache<String, String> cache(String name) {
        return application.manager().getCache(name, String.class, String.class).unwrap(NearfarCache.class);
    }

    ModelEvents events() {
        return application.bean(ModelEvents.class);
    }

    /** Tells which of these keys are there. */
    String places(String... keys) {
        StringBuilder present = new StringBuilder();
        for (String key : keys) {
            present.append(cache("people").containsKey(key) ? key + " " : "");
        }
        return present.toString();
    }

    /** Tells which of the entries about a person and some places are there. */
    String present(int id, String... places) {
        return places(places)
                + (cache("people").containsKey("p" + id) ? "person " : "")
                + (cache("feeds").containsKey(String.valueOf(id)) ? "key " : "")
                + (cache("feeds").containsKey("feed:" + id + ":a") ? "feed " : "")
                + (cache("friends").containsKey("f" + id) ? "friends" : "");
    }

    @Override
    public void close() throws SQLException {
        jta.close();
        local.close();
        if (application.container().isRunning()) {
            application.close();
        }
    }
}
