package io.nearfar.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** With a server of its own it runs in the sample, on Payara Micro: a warmer there asks the database. */
class ServerContextTest {
    private final List<String> entered = new ArrayList<>();
    private final ServerContext ofServer = new ServerContext(task -> {
        entered.add("in");
        task.run();
        entered.add("out");
    });

    @Test
    void call_runsWithinTheContextInTheCallingThread() throws Exception {
        Thread caller = Thread.currentThread();
        assertThat(ofServer.call(() -> {
                    entered.add(Thread.currentThread() == caller ? "called" : "elsewhere");
                    return 7;
                }))
                .isEqualTo(7);
        assertThat(entered).containsExactly("in", "called", "out");
    }

    @Test
    void call_thatFails_throwsTheSame() {
        CancellationException ended = new CancellationException("closed");
        IOException failed = new IOException("gone");
        AssertionError error = new AssertionError("wrong");
        assertThatThrownBy(() -> ofServer.call(() -> {
                    throw ended;
                }))
                .isSameAs(ended);
        assertThatThrownBy(() -> ofServer.call(() -> {
                    throw failed;
                }))
                .isSameAs(failed);
        assertThatThrownBy(() -> ofServer.call(() -> {
                    throw error;
                }))
                .isSameAs(error);
    }

    @Test
    void current_outsideOfAServer_changesNothing() throws Exception {
        assertThat(ServerContext.current().call(() -> 7)).isEqualTo(7);
    }
}
