package io.nearfar.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nearfar.testkit.server.TestServer;
import io.nearfar.testkit.wire.Frame;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The simulator by itself, without Nearfar and without the extension. */
class FaultSimulatorTest {
    private final TestServer server = TestServer.embedded();
    private final FaultSimulator simulator = new FaultSimulator(server.host(), server.port());
    private final Faults faults = simulator.faults();
    private final TestServer through = TestServer.at(server.addressAt(simulator.port()));

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void withoutFaults_isNotNoticed() {
        String large = "x".repeat(3_000_000);
        assertThat(through.call("ECHO", large)).isEqualTo(large);
    }

    @Test
    void outage_endsAndRefusesConnections_untilItIsHealed() {
        try (Fault fault = faults.outage()) {
            assertThatThrownBy(() -> through.call("PING")).isInstanceOf(UncheckedIOException.class);
            assertThat(fault.effects()).isPositive();
        }
        assertThat(through.call("PING")).isEqualTo("PONG");
    }

    /** Three commands are sent at once, and the second fails. */
    @Test
    void errors_betweenOtherReplies_keepTheirPlace() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), simulator.port());
                Fault fault = faults.errors(ServerError.READONLY, "set")) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            socket.getOutputStream().write(Frame.command("ECHO", "1").bytes());
            socket.getOutputStream().write(Frame.command("SET", "errors", "2").bytes());
            socket.getOutputStream().write(Frame.command("ECHO", "3").bytes());
            assertThat(Frame.read(in).single()).isEqualTo("1");
            assertThat(Frame.read(in).single()).startsWith("READONLY ");
            assertThat(Frame.read(in).single()).isEqualTo("3");
            assertThat(fault.effects()).isEqualTo(1);
        }
        assertThat(server.call("EXISTS", "errors")).isEqualTo("0");
    }

    @Test
    void freeze_holdsWhatIsSent_andGivesItOnAfterwards() {
        CompletableFuture<String> answer;
        try (Fault fault = faults.freeze()) {
            answer = CompletableFuture.supplyAsync(() -> through.call("INCR", "frozen"));
            assertThat(fault.toString()).isEqualTo("nothing moves");
            assertThat(server.call("EXISTS", "frozen")).isEqualTo("0");
            assertThat(answer).isNotDone();
        }
        assertThat(answer.join()).isEqualTo("1");
        server.call("DEL", "frozen");
    }

    @Test
    void faults_addUp_andHealEndsAll() {
        faults.latency(Duration.ofMillis(30));
        faults.latency(Direction.TO_SERVER, Duration.ofMillis(30));
        long start = System.nanoTime();
        through.call("PING");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(60));
        faults.loseMessages();
        assertThat(faults.open()).hasSize(3);
        faults.heal();
        assertThat(faults.open()).isEmpty();
    }

    @Test
    void faults_thatMakeNoSense_areRefused() {
        assertThatThrownBy(() -> faults.latency(Duration.ofMillis(-1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> faults.errors("NOPERM no rights"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the names of commands");
        assertThatThrownBy(() -> faults.errors("two\nlines", "GET")).isInstanceOf(IllegalArgumentException.class);
    }

    /** As on a machine whose server has not started yet. */
    @Test
    void withoutServer_connectionsEnd() throws IOException {
        try (FaultSimulator nowhere = new FaultSimulator("127.0.0.1", 1)) {
            TestServer absent = TestServer.at("redis://127.0.0.1:" + nowhere.port());
            assertThatThrownBy(() -> absent.call("PING")).isInstanceOf(UncheckedIOException.class);
        }
    }
}
