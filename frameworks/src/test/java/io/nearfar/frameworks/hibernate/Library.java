package io.nearfar.frameworks.hibernate;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;

/** Entities of each strategy. */
final class Library {
    private Library() {}

    /** What all have. */
    interface Titled {
        String title();

        void title(String title);
    }

    /** An entity behind soft locks, with a version. */
    @Entity(name = "Locked")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    static class Locked implements Titled {
        @Id
        String id;

        @Version
        int version;

        String title;

        @Override
        public String title() {
            return title;
        }

        @Override
        public void title(String title) {
            this.title = title;
        }
    }

    /** An entity whose changes remove what is cached. */
    @Entity(name = "Loose")
    @Cache(usage = CacheConcurrencyStrategy.NONSTRICT_READ_WRITE)
    static class Loose implements Titled {
        @Id
        String id;

        String title;

        @Override
        public String title() {
            return title;
        }

        @Override
        public void title(String title) {
            this.title = title;
        }
    }

    /** An entity whose changes are cached as they are made. */
    @Entity(name = "Transactional")
    @Cache(usage = CacheConcurrencyStrategy.TRANSACTIONAL)
    static class Transactional implements Titled {
        @Id
        String id;

        String title;

        @Override
        public String title() {
            return title;
        }

        @Override
        public void title(String title) {
            this.title = title;
        }
    }
}
