package io.nearfar.config;

import static io.nearfar.config.Topology.CLUSTER;
import static io.nearfar.config.Topology.MASTER_REPLICA;
import static io.nearfar.config.Topology.SENTINEL;
import static io.nearfar.config.Topology.STANDALONE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AddressTest {
    static List<Arguments> addresses() {
        return List.of(
                row("redis://localhost", STANDALONE, "localhost:6379"),
                row("redis://localhost:6380", STANDALONE, "localhost:6380"),
                row("  REDIS://localhost:6380/  ", STANDALONE, "localhost:6380"),
                row("valkey://10.0.0.7", STANDALONE, "10.0.0.7:6379"),
                row("redis://my_redis.internal-1:6379", STANDALONE, "my_redis.internal-1:6379"),
                row("redis://[::1]:6380", STANDALONE, "[::1]:6380"),
                row("redis://[2001:db8::7]", STANDALONE, "[2001:db8::7]:6379"),
                row("redis://[fe80::1%eth0]:6380", STANDALONE, "[fe80::1%eth0]:6380"),
                row("redis://h:6379,h:6379", STANDALONE, "h:6379"),
                row("redis://h1:7000,h2:7001,h3", CLUSTER, "h1:7000", "h2:7001", "h3:6379"),
                row("redis://h1, h2 h3/", CLUSTER, "h1:6379", "h2:6379", "h3:6379"),
                row("redis://h1,[::1]:7001/0", CLUSTER, "h1:6379", "[::1]:7001"),
                row("redis://h1:7000,redis://h2:7000", CLUSTER, "h1:7000", "h2:7000"),
                row("redis://h1:7000 redis://h2:7000\nredis://h3", CLUSTER, "h1:7000", "h2:7000", "h3:6379"));
    }

    private static Arguments row(String text, Topology topology, String... hosts) {
        return Arguments.of(text, topology, List.of(hosts));
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void read_formsThatPeopleWrite_givesTopologyAndHosts(String text, Topology topology, List<String> hosts) {
        FarAddress address = Reading.of("nearfar.address=" + text).far().address();

        assertThat(address).isEqualTo(new FarAddress(topology, hosts, false, null, null, 0, null));
    }

    @ParameterizedTest
    @MethodSource("sentinels")
    void read_hostsAndName_giveSentinels(String text, List<String> hosts, String master, int database) {
        FarAddress address = Reading.of("nearfar.address=" + text).far().address();

        assertThat(address).isEqualTo(new FarAddress(SENTINEL, hosts, false, null, null, database, master));
    }

    static List<Arguments> sentinels() {
        return List.of(
                Arguments.of("redis://s1:26379,s2:26380/mymaster/1", List.of("s1:26379", "s2:26380"), "mymaster", 1),
                Arguments.of("redis://s1,s2/mymaster", List.of("s1:26379", "s2:26379"), "mymaster", 0),
                Arguments.of("redis://s1/my%20master/", List.of("s1:26379"), "my master", 0),
                Arguments.of("redis://s1/mymaster,redis://s2", List.of("s1:26379", "s2:26379"), "mymaster", 0),
                Arguments.of("redis://s1,s2/7up/2", List.of("s1:26379", "s2:26379"), "7up", 2));
    }

    @ParameterizedTest
    @MethodSource("credentials")
    void read_credentials_givesThemDecoded(String text, @Nullable String user, String password) {
        FarAddress address = Reading.of("nearfar.address=" + text).far().address();

        assertThat(address.user()).isEqualTo(user);
        assertThat(address.password()).isEqualTo(password);
        assertThat(address.hosts()).containsExactly("h:6379");
    }

    static List<Arguments> credentials() {
        return List.of(
                Arguments.of("redis://:secret@h", null, "secret"),
                Arguments.of("redis://ann:secret@h", "ann", "secret"),
                Arguments.of("redis://ann:p%40ss%2Fw%3Ard%25@h", "ann", "p@ss/w:rd%"),
                Arguments.of("redis://ann:a+b@h", "ann", "a+b"),
                Arguments.of("redis://ann:%C3%A9t%C3%A9@h", "ann", "été"),
                Arguments.of("redis://ann:été@h", "ann", "été"),
                Arguments.of("redis://ann:one:two@h", "ann", "one:two"),
                Arguments.of("redis://ann:raw@sign@h", "ann", "raw@sign"),
                Arguments.of("redis://ann:raw/slash@h", "ann", "raw/slash"),
                Arguments.of("redis://ann:secret@h,redis://h", "ann", "secret"),
                Arguments.of("redis://ann:secret@h,redis://ann:secret@h", "ann", "secret"));
    }

    @Test
    void read_schemeWithS_asksForTls() {
        assertThat(Reading.of("nearfar.address=rediss://h").far().address().tls())
                .isTrue();
        assertThat(Reading.of("nearfar.address=valkeys://h").far().address().tls())
                .isTrue();
        assertThat(Reading.of("nearfar.address=rediss://h").far().tls()).isEqualTo(TlsSettings.DEFAULTS);
    }

    @Test
    void read_detailsInSettings_completeTheAddress() {
        FarAddress address = Reading.of(
                        "nearfar.address=redis://s1,s2",
                        "nearfar.user=ann",
                        "nearfar.password=secret",
                        "nearfar.database=3",
                        "nearfar.master=mymaster")
                .far()
                .address();

        assertThat(address)
                .isEqualTo(new FarAddress(
                        SENTINEL, List.of("s1:26379", "s2:26379"), false, "ann", "secret", 3, "mymaster"));
    }

    @Test
    void read_sameDetailsInSettings_areNoFight() {
        FarAddress address = Reading.of(
                        "nearfar.address=redis://ann:secret@h/3",
                        "nearfar.user=ann",
                        "nearfar.password=secret",
                        "nearfar.database=3")
                .far()
                .address();

        assertThat(address.database()).isEqualTo(3);
    }

    @Test
    void read_passwordInEnvironment_takesThePlaceOfTheFilesOne() {
        FarAddress address = Reading.ofNothing()
                .uri("redis://ann:old@h")
                .variable("NEARFAR_PASSWORD", "new")
                .far()
                .address();

        assertThat(address.user()).isEqualTo("ann");
        assertThat(address.password()).isEqualTo("new");
    }

    @Test
    void read_passwordInPoorerSource_givesWayToTheAddress() {
        FarAddress address = Reading.of("nearfar.address=redis://:new@h")
                .variable("NEARFAR_PASSWORD", "old")
                .far()
                .address();

        assertThat(address.password()).isEqualTo("new");
    }

    @Test
    void read_topologySet_overridesWhatTheHostsSay() {
        assertThat(Reading.of("nearfar.address=redis://h", "nearfar.topology=cluster")
                        .far()
                        .address())
                .isEqualTo(new FarAddress(CLUSTER, List.of("h:6379"), false, null, null, 0, null));
        assertThat(Reading.of("nearfar.address=redis://h,i/2", "nearfar.topology=master-replica")
                        .far()
                        .address())
                .isEqualTo(new FarAddress(MASTER_REPLICA, List.of("h:6379", "i:6379"), false, null, null, 2, null));
    }
}
