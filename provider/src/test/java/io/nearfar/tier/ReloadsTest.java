package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.entry.Entry;
import io.nearfar.entry.EntryStore;
import io.nearfar.entry.Lease;
import io.nearfar.entry.Reply;
import io.nearfar.entry.Value;
import io.nearfar.entry.Version;
import io.nearfar.observe.CacheSignals;
import io.nearfar.testing.TextFormat;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Loads that are called whatever is there, of a key without an entry: they keep it for themselves as any load does. */
class ReloadsTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration LEASE = Duration.ofMillis(30);
    private static final Version GRANTED = new Version(1, 1);

    private final TextFormat values = new TextFormat();
    private final Threads threads = Threads.create();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final LoadCoordinator<String, String> loads =
            new LoadCoordinator<>(empty(), Node.leasing(LEASE), new CacheSignals("cities"), new LocalClock(), threads);

    /** A far tier in which nothing is there, and nobody else loads. */
    @SuppressWarnings("unchecked") // the proxy is of the interface that is asked for
    private EntryStore<String, String> empty() {
        return (EntryStore<String, String>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {EntryStore.class}, (proxy, method, arguments) -> {
                    asked.add(method.getName());
                    return switch (method.getName()) {
                        case "lease" -> new Lease.Granted<>(GRANTED);
                        case "renew" -> true;
                        case "releaseFailed" -> false;
                        case "apply" -> new Reply<String>(true, false, null, entry(), GRANTED);
                        default -> null;
                    };
                });
    }

    private Entry<String> entry() {
        return Entry.of(values.keep("v"), GRANTED, 1, Entry.NEVER);
    }

    @AfterEach
    void stop() {
        threads.close();
    }

    private boolean isRenewed() {
        return asked.stream().filter("renew"::equals).count() > 2;
    }

    /** Or what takes longer than the right to load is not stored, and nobody hears of that. */
    @Test
    void reload_longerThanTheLease_keepsIt() throws Exception {
        Loaded<String> loaded = loads.reload(
                "a",
                () -> {
                    await().atMost(SOON).until(this::isRenewed);
                    assertThat(loads.pending()).isOne();
                    return values.keep("v");
                },
                replaced -> Node.eternal());
        assertThat(loaded.stored()).isNotNull();
        assertThat(loads.pending()).isZero();
    }

    @Test
    void reloadAsync_longerThanTheLease_keepsIt() throws Exception {
        CompletableFuture<Value<String>> source = new CompletableFuture<>();
        CompletableFuture<Loaded<String>> answer = reloadAsync(source);
        await().atMost(SOON).until(this::isRenewed);
        source.complete(values.keep("v"));
        assertThat(answer.get(30, TimeUnit.SECONDS).stored()).isNotNull();
        assertThat(loads.pending()).isZero();
    }

    @Test
    void reloadAsync_thatFails_givesTheLeaseBack() {
        CompletableFuture<Loaded<String>> answer = reloadAsync(CompletableFuture.failedFuture(new IOException("no")));
        assertThat(answer).failsWithin(SOON).withThrowableThat().withCauseInstanceOf(IOException.class);
        await().atMost(SOON).until(() -> asked.contains("releaseFailed"));
        assertThat(asked).doesNotContain("apply");
    }

    private CompletableFuture<Loaded<String>> reloadAsync(CompletableFuture<Value<String>> source) {
        return loads.reloadAsync("a", () -> source, replaced -> Node.eternal()).toCompletableFuture();
    }
}
