package io.nearfar.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestServerTest {
    @Test
    void at_addressWithAll_keepsWhatIsNotHostAndPort() {
        TestServer server = TestServer.at("valkey://user:pass%20word@cache.example/3");
        assertThat(server.host()).isEqualTo("cache.example");
        assertThat(server.port()).isEqualTo(6379);
        assertThat(server.addressAt(7000)).isEqualTo("valkey://user:pass%20word@127.0.0.1:7000/3");
        assertThat(server).hasToString("cache.example:6379");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost:6379",
                "rediss://localhost:6379",
                "redis://a:1,b:2",
                "redis://a b",
                "redis://localhost/one",
                "redis://localhost?x=1"
            })
    void at_whatIsNoAddressOfOneServer_isRefused(String address) {
        assertThatThrownBy(() -> TestServer.at(address))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("redis://localhost:6379");
    }

    @Test
    void embedded_isOneForTheProcess() {
        assertThat(TestServer.embedded()).isSameAs(TestServer.embedded());
        assertThatThrownBy(() -> TestServer.embedded().call("NONSENSE"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("NONSENSE");
    }

    @Test
    void deleteKeysWith_deletesThemAlone() {
        TestServer server = TestServer.embedded();
        String mine = "mine-" + UUID.randomUUID();
        String other = "other-" + UUID.randomUUID();
        server.call("SET", "{" + mine + "}:k", "1");
        server.call("SET", other, "1");
        server.deleteKeysWith(mine);
        assertThat(server.call("EXISTS", "{" + mine + "}:k")).isEqualTo("0");
        assertThat(server.call("DEL", other)).isEqualTo("1");
    }

    @Test
    void unusable_saysWhereAndWhyAndWhatToDo() {
        IllegalStateException failure = EmbeddedRedis.unusable(new IllegalStateException("no binary"), null);
        assertThat(failure)
                .hasMessageContaining(System.getProperty("os.arch"))
                .hasMessageContaining("no binary")
                .hasMessageContaining("test.nearfar.address")
                .hasMessageContaining("mode NEAR");
    }
}
