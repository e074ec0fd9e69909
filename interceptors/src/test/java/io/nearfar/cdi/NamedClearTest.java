package io.nearfar.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.InvalidationDeclaration;
import io.nearfar.cdi.annotation.Invalidate;
import io.nearfar.cdi.nodes.LocalRedis;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.cache.annotation.CacheResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What several caches are to forget at a call, of which some refuse since their server is gone. */
@Timeout(120)
class NamedClearTest {
    private static final Map<String, String> SETTINGS =
            Map.of("deadline", "3s", "connect-timeout", "9s", "max-stale", "10m", "cache.closed-*.outage", "closed");

    private LocalRedis server;
    private Application application;
    private Towns towns;

    /** Cannot be told apart. */
    public record Town(int id) {
        /** Fails. */
        public int number() {
            throw new IllegalStateException("nobody knows");
        }
    }

    /** Declares what the bean fires. */
    @Dependent
    public static class Declarations {
        @Produces
        InvalidationDeclaration several() {
            return InvalidationDeclaration.of("several", "id")
                    .withCaches("closed-*", "open-*")
                    .withTags("town:{id}");
        }

        @Produces
        InvalidationDeclaration closed() {
            return InvalidationDeclaration.of("closed").withCaches("closed-*").withClear();
        }

        @Produces
        InvalidationDeclaration open() {
            return InvalidationDeclaration.of("open").withCaches("open-*").withClear();
        }
    }

    @Singleton
    public static class Towns {
        int calls;

        @CacheResult(cacheName = "open-1")
        public String first(int id) {
            calls++;
            return "first " + id;
        }

        @CacheResult(cacheName = "open-2")
        public String second(int id) {
            calls++;
            return "second " + id;
        }

        @CacheResult(cacheName = "aside")
        public String aside(int id) {
            calls++;
            return "aside " + id;
        }

        @CacheResult(cacheName = "closed-1")
        public String closed1(int id) {
            return "closed";
        }

        @CacheResult(cacheName = "closed-2")
        public String closed2(int id) {
            return "closed";
        }

        @CacheResult(cacheName = "closed-3")
        public String closed3(int id) {
            return "closed";
        }

        @Invalidate(value = "several", arguments = "id={town.number}")
        public void move(Town town) {}

        @Invalidate("open")
        @Invalidate("closed")
        public void openThenClosed() {}

        @Invalidate("closed")
        @Invalidate("open")
        public void closedThenOpen() {}

        @Invalidate("open")
        @Invalidate("closed")
        public CompletionStage<Void> later() {
            return CompletableFuture.completedFuture(null);
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = LocalRedis.start();
        SETTINGS.forEach((key, value) -> System.setProperty("nearfar." + key, value));
        System.setProperty("nearfar.address", server.address());
        System.setProperty("nearfar.prefix", "clear-" + UUID.randomUUID());
        application = Application.of(Towns.class, Declarations.class);
        towns = application.bean(Towns.class);
        towns.closed1(1);
        towns.closed2(1);
        towns.closed3(1);
        towns.first(1);
        towns.second(1);
        towns.aside(1);
        server.close();
    }

    @AfterEach
    void stop() throws IOException {
        application.close();
        SETTINGS.keySet().forEach(key -> System.clearProperty("nearfar." + key));
        List.of("address", "prefix").forEach(key -> System.clearProperty("nearfar." + key));
        server.close();
    }

    /** What lies near answers while the server is away, unless it was ended. */
    private void assertOpenOnesAreEnded() {
        int calls = towns.calls;
        towns.aside(1);
        assertThat(towns.calls).as("not concerned").isEqualTo(calls);
        towns.first(1);
        assertThat(towns.calls).as("the first").isEqualTo(calls + 1);
        towns.second(1);
        assertThat(towns.calls).as("the second").isEqualTo(calls + 2);
    }

    @Test
    void argumentThatCannotBeTold_clearsEveryCache_andEachRefusalIsTold() {
        Throwable told = catchThrowable(() -> towns.move(new Town(1)));

        assertThat(told).isInstanceOf(FarTierUnavailableException.class);
        assertThat(told.getSuppressed())
                .hasSize(3)
                .hasAtLeastOneElementOfType(IllegalStateException.class)
                .filteredOn(FarTierUnavailableException.class::isInstance)
                .hasSize(2);
        assertOpenOnesAreEnded();
    }

    @Test
    void changeThatIsRefused_leavesTheOthersOfItsMethod() {
        assertThatThrownBy(towns::openThenClosed).isInstanceOf(FarTierUnavailableException.class);
        assertOpenOnesAreEnded();
    }

    @Test
    void changeThatIsRefused_leavesTheOthersOfItsMethod_inAnyOrder() {
        assertThatThrownBy(towns::closedThenOpen).isInstanceOf(FarTierUnavailableException.class);
        assertOpenOnesAreEnded();
    }

    @Test
    void changeThatIsRefused_afterAStage_leavesTheOthersOfItsMethod() {
        assertThatThrownBy(() -> towns.later().toCompletableFuture().get(60, TimeUnit.SECONDS))
                .hasCauseInstanceOf(FarTierUnavailableException.class);
        assertOpenOnesAreEnded();
    }
}
