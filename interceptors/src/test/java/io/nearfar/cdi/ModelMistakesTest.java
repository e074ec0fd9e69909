package io.nearfar.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.nearfar.EntryOptions;
import io.nearfar.NearfarCache;
import io.nearfar.cdi.annotation.InvalidatesCache;
import io.nearfar.cdi.model.ModelEvents;
import io.nearfar.cdi.model.NearfarEntityListener;
import io.nearfar.cdi.testing.ErrorLines;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.Id;
import java.util.List;
import java.util.stream.Stream;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What entities and settings get wrong about caches. */
class ModelMistakesTest {
    @RegisterExtension
    final ErrorLines lines = new ErrorLines();

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
        assertThatThrownBy(() -> Application.of(ModelShop.Beans.class, entity).close())
                .hasMessageContainingAll("NF0800 1 mistake(s)", id, entity.getName(), why);
    }

    @Test
    void entityOfASetting_isLookedAt_andAsksForTheListener() throws Exception {
        System.setProperty("nearfar.invalidation.visits.caches", "visits");
        System.setProperty("nearfar.invalidation.visits.parameters", "id");
        System.setProperty("nearfar.invalidation.visits.tags", "visit:{id}");
        System.setProperty("nearfar.invalidation.visits.entities", Visit.class.getName());
        try (Application application = Application.of(ModelShop.Beans.class)) {
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
