package io.nearfar.cdi.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class LaterFutureTest {
    private final CompletableFuture<Object> own = new CompletableFuture<>();
    private final CompletableFuture<Future<?>> returned = new CompletableFuture<>();
    private final LaterFuture future = new LaterFuture(returned);

    @Test
    void get_returnsWhatTheMethodsFutureHas() throws Exception {
        assertThat(future.isDone()).isFalse();
        assertThatThrownBy(() -> future.get(1, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        returned.complete(own);
        assertThat(future.isDone()).isFalse();
        assertThatThrownBy(() -> future.get(1, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        own.complete("value");

        assertThat(future.isDone()).isTrue();
        assertThat(future.isCancelled()).isFalse();
        assertThat(future.get()).isEqualTo("value");
        assertThat(future.get(1, TimeUnit.MINUTES)).isEqualTo("value");
    }

    @Test
    void get_methodThatReturnsNone_isNull() throws Exception {
        returned.complete(null);

        assertThat(future.isDone()).isTrue();
        assertThat(future.get()).isNull();
    }

    @Test
    void get_refused_failsWithTheRefusal() {
        IllegalStateException refusal = new IllegalStateException("refused");
        returned.completeExceptionally(refusal);

        assertThat(future.isDone()).isTrue();
        assertThatThrownBy(future::get).isInstanceOf(ExecutionException.class).hasCause(refusal);
    }

    @Test
    void cancel_beforeTheCall_keepsItFromBeingMade() {
        assertThat(future.cancel(true)).isTrue();
        assertThat(future.isCancelled()).isTrue();
        assertThat(returned).isCancelled();
    }

    @Test
    void cancel_afterTheCall_cancelsTheMethodsFuture() {
        returned.complete(own);

        assertThat(future.cancel(true)).isTrue();
        assertThat(own).isCancelled();
        assertThat(future.isCancelled()).isTrue();
        assertThat(future.cancel(true)).isTrue();
    }
}
