package io.nearfar.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.nearfar.InvalidationDeclaration;
import io.nearfar.NamedInvalidation;
import io.nearfar.cdi.annotation.CacheTags;
import io.nearfar.cdi.annotation.Invalidate;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code @Invalidate}, and events that fire invalidations by their names. */
@Timeout(120)
class NamedInvalidationTest {
    /** Somebody. */
    public record Person(int id, List<Integer> friends) implements java.io.Serializable {
        /** Cannot be told. */
        public int age() {
            throw new IllegalStateException("nobody knows");
        }
    }

    /** Declares what the beans fire. */
    @Dependent
    public static class Declarations {
        @Produces
        InvalidationDeclaration user() {
            return InvalidationDeclaration.of("user", "id").withCaches("people").withTags("user:{id}");
        }

        @Produces
        InvalidationDeclaration all() {
            return InvalidationDeclaration.of("all").withCaches("people").withClear();
        }
    }

    @Singleton
    @CacheDefaults(cacheName = "people")
    public static class People {
        int calls;

        @Inject
        Event<NamedInvalidation> invalidations;

        @CacheResult
        @CacheTags("user:{id}")
        public String find(int id) {
            calls++;
            return "person " + id;
        }

        @Invalidate("user")
        public void rename(int id, String name) {}

        @Invalidate(value = "user", arguments = "id={person.id}")
        @Invalidate(value = "user", arguments = "id={person.friends}")
        public void save(Person person) {}

        @Invalidate(value = "user", arguments = "id={result}")
        public @Nullable Integer change(@Nullable Integer other) {
            return other;
        }

        @Invalidate("user")
        public void fail(int id) throws IOException {
            throw new IOException();
        }

        @Invalidate(value = "user", evictFor = IOException.class)
        public void failAndEvict(int id) throws IOException {
            throw new IOException();
        }

        @Invalidate(value = "user", afterInvocation = false)
        public void failLater(int id) throws IOException {
            throw new IOException();
        }

        @Invalidate("user")
        public CompletionStage<Void> later(int id, CompletionStage<Void> when) {
            return when;
        }

        @Invalidate(value = "user", arguments = "id={person.age}")
        public void untold(Person person) {}

        @CachePut
        @CacheTags("user:{id}")
        @Invalidate("user")
        public void put(int id, @CacheValue String name) {}

        @Invalidate("all")
        public void reload() {}

        void fire(int id) {
            invalidations.fire(new NamedInvalidation("user", Map.of("id", id)));
        }
    }

    private static void assertEnded(People people, int id, boolean ended) {
        int calls = people.calls;
        people.find(id);
        assertThat(people.calls).as("%d", id).isEqualTo(ended ? calls + 1 : calls);
    }

    private static Application started() {
        Application application = Application.of(People.class, Declarations.class);
        People people = application.bean(People.class);
        for (int id = 1; id <= 4; id++) {
            people.find(id);
        }
        return application;
    }

    @Test
    void method_firesWithTheParameterOfThatName() {
        try (Application application = started()) {
            People people = application.bean(People.class);
            people.rename(1, "Ann");
            assertEnded(people, 1, true);
            assertEnded(people, 2, false);
        }
    }

    @Test
    void arguments_areMadeLikeTags_andSeveralFireForEach() {
        try (Application application = started()) {
            People people = application.bean(People.class);
            people.save(new Person(1, List.of(2, 3)));
            assertEnded(people, 1, true);
            assertEnded(people, 2, true);
            assertEnded(people, 3, true);
            assertEnded(people, 4, false);
        }
    }

    @Test
    void result_standsForWhatTheMethodReturned_andNullForNothing() {
        try (Application application = started()) {
            People people = application.bean(People.class);
            people.change(null);
            assertEnded(people, 1, false);
            people.change(1);
            assertEnded(people, 1, true);
            assertEnded(people, 2, false);
        }
    }

    @Test
    void failure_firesNothing_unlessItIsNamed() {
        try (Application application = started()) {
            People people = application.bean(People.class);
            assertThatThrownBy(() -> people.fail(1)).isInstanceOf(IOException.class);
            assertEnded(people, 1, false);
            assertThatThrownBy(() -> people.failAndEvict(1)).isInstanceOf(IOException.class);
            assertEnded(people, 1, true);
        }
    }

    @Test
    void beforeInvocation_firesWhateverComesOfTheMethod() {
        try (Application application = started()) {
            People people = application.bean(People.class);
            assertThatThrownBy(() -> people.failLater(1)).isInstanceOf(IOException.class);
            assertEnded(people, 1, true);
            assertEnded(people, 2, false);
        }
    }

    @Test
    void stage_firesWhenItIsComplete() throws Exception {
        try (Application application = started()) {
            People people = application.bean(People.class);
            CompletableFuture<Void> when = new CompletableFuture<>();
            CompletionStage<Void> later = people.later(1, when);
            assertEnded(people, 1, false);
            when.complete(null);
            later.toCompletableFuture().get(60, TimeUnit.SECONDS);
            assertEnded(people, 1, true);
        }
    }

    /** The method does not fail, and nothing old is answered. */
    @Test
    void argumentThatCannotBeTold_clearsTheCaches() {
        try (Application application = started()) {
            People people = application.bean(People.class);
            people.untold(new Person(1, List.of()));
            assertEnded(people, 1, true);
            assertEnded(people, 4, true);
        }
    }

    @Test
    void put_isNotEndedByItsOwnMethod() {
        try (Application application = started()) {
            People people = application.bean(People.class);
            int calls = people.calls;
            people.put(1, "Ann");
            assertThat(people.find(1)).isEqualTo("Ann");
            assertThat(people.calls).isEqualTo(calls);
        }
    }

    @Test
    void withoutParameters_fires() {
        try (Application application = started()) {
            People people = application.bean(People.class);
            people.reload();
            assertEnded(people, 1, true);
            assertEnded(people, 4, true);
        }
    }

    @Test
    void event_fires_alsoAsynchronously() throws Exception {
        try (Application application = started()) {
            People people = application.bean(People.class);
            people.fire(1);
            assertEnded(people, 1, true);
            assertEnded(people, 2, false);
            application
                    .container()
                    .getBeanManager()
                    .getEvent()
                    .select(new TypeLiteral<NamedInvalidation>() {})
                    .fireAsync(new NamedInvalidation("user", Map.of("id", 2)))
                    .toCompletableFuture()
                    .get(60, TimeUnit.SECONDS);
            assertEnded(people, 2, true);
            assertEnded(people, 3, false);
        }
    }

    /** Containers with transactions go by that; without one, as here, the observer is told at once. */
    @Test
    void event_inATransaction_waitsForItsSuccess() {
        try (Application application = started()) {
            NamedInvalidation event = new NamedInvalidation("user", Map.of("id", 1));
            assertThat(application.container().getBeanManager().resolveObserverMethods(event))
                    .filteredOn(observer -> !observer.isAsync())
                    .extracting(ObserverMethod::getTransactionPhase)
                    .containsExactly(TransactionPhase.AFTER_SUCCESS);
        }
    }

    @Test
    void event_ofAnUnknownName_isRefused() {
        try (Application application = started()) {
            Event<NamedInvalidation> event = application.bean(People.class).invalidations;
            assertThatThrownBy(() -> event.fire(new NamedInvalidation("usr", Map.of())))
                    .hasStackTraceContaining("There is no invalidation usr");
        }
    }

    @Test
    void declarationOfABean_holdsInAManagerThatIsOpenedAgain() {
        try (Application application = started()) {
            People people = application.bean(People.class);
            application.manager().getCachingProvider().close();
            people.find(1);
            people.rename(1, "Ann");
            assertEnded(people, 1, true);
        }
    }

    @Singleton
    public static class Unknown {
        @Invalidate("usr")
        public void change(int id) {}
    }

    @Singleton
    public static class NoParameter {
        @Invalidate("user")
        public void change(String name) {}
    }

    @Singleton
    public static class OtherParameter {
        @Invalidate(
                value = "user",
                arguments = {"id={0}", "name={0}"})
        public void change(int id) {}
    }

    @Singleton
    public static class NoEquals {
        @Invalidate(value = "user", arguments = "{id}")
        public void change(int id) {}
    }

    @Singleton
    public static class Twice {
        @Invalidate(
                value = "user",
                arguments = {"id={0}", "id={id}"})
        public void change(int id) {}
    }

    @Singleton
    public static class NoProperty {
        @Invalidate(value = "user", arguments = "id={person.name}")
        public void change(Person person) {}
    }

    @Singleton
    public static class TooEarly {
        @Invalidate(value = "user", arguments = "id={result}", afterInvocation = false)
        public int change(int id) {
            return id;
        }
    }

    @Singleton
    public static class AtResult {
        @Invalidate("user")
        @CacheResult(cacheName = "x")
        public String change(int id) {
            return "";
        }
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                arguments(Unknown.class, "NF0843", "Unknown.change(int)", "nearfar.invalidation.usr.caches"),
                arguments(NoParameter.class, "NF0844", "user(id), gives no id", "arguments = \"id={0}\""),
                arguments(OtherParameter.class, "NF0844", "gives name, which is no parameter", "Its parameters are id"),
                arguments(NoEquals.class, "NF0842", "\"{id}\"", "Write name={parameter}"),
                arguments(Twice.class, "NF0842", "\"id={id}\"", "gives id a second time"),
                arguments(NoProperty.class, "NF0842", "NoProperty.change", "has none of that name"),
                arguments(TooEarly.class, "NF0842", "needs the result", "afterInvocation = false"),
                arguments(AtResult.class, "NF0837", "@Invalidate at", "a hit would invalidate nothing"));
    }

    @ParameterizedTest(name = "{1} {0}")
    @MethodSource("mistakes")
    void mistake_failsTheDeployment(Class<?> bean, String id, String place, String why) {
        Throwable failure =
                catchThrowable(() -> Application.of(bean, Declarations.class).close());

        assertThat(failure).isInstanceOf(DeploymentException.class);
        assertThat(failure.getMessage()).contains("NF0800 1 mistake(s)", id, place, why);
    }

    /** Declares what cannot be. */
    @Dependent
    public static class WrongDeclaration {
        @Produces
        InvalidationDeclaration user() {
            return InvalidationDeclaration.of("user", "id").withCaches("people").withTags("user:{ids}");
        }
    }

    @Test
    void declarationOfABean_thatIsWrong_failsTheDeployment() {
        Throwable failure =
                catchThrowable(() -> Application.of(WrongDeclaration.class).close());

        assertThat(failure).hasStackTraceContaining("The invalidation user cannot be declared: tags: \"user:{ids}\"");
    }
}
