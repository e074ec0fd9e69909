package io.nearfar.jcache.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CallGateTest {
    private static final long LONG_MILLIS = TimeUnit.HOURS.toMillis(1);
    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void enter_afterItWasClosed_isRefused() {
        CallGate gate = new CallGate("too late", LONG_MILLIS);
        gate.enter();
        gate.enter();
        gate.leave();
        gate.leave();
        gate.close();
        assertThatIllegalStateException().isThrownBy(gate::enter).withMessage("too late");
        gate.close(); // the refused call has left nothing behind to wait for
    }

    @Test
    void close_waitsForACallOfAnotherThread() throws Exception {
        CallGate gate = new CallGate("too late", LONG_MILLIS);
        gate.enter();
        Thread closing = new Thread(gate::close);
        closing.start();
        await().atMost(SOON).until(() -> closing.getState() == Thread.State.TIMED_WAITING);
        CompletableFuture<Void> other = CompletableFuture.runAsync(gate::enter);
        await().atMost(SOON).until(other::isDone);
        assertThat(other).as("a call that comes while it closes").isCompletedExceptionally();
        assertThat(closing.isAlive()).isTrue();
        gate.leave();
        closing.join(SOON.toMillis());
        assertThat(closing.isAlive()).isFalse();
    }

    @Test
    void close_waitsForACallThatHangsNoLongerThanItWasTold() {
        CallGate gate = new CallGate("too late", 1);
        CompletableFuture.runAsync(gate::enter).join();
        gate.close();
        assertThatIllegalStateException().isThrownBy(gate::enter);
    }

    @Test
    void close_inACall_doesNotWaitForIt() {
        CallGate gate = new CallGate("too late", LONG_MILLIS);
        gate.enter();
        gate.close();
        assertThatIllegalStateException().isThrownBy(gate::enter);
        gate.leave();
    }
}
