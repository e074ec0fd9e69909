package io.nearfar.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.config.FarSettings;
import io.nearfar.config.NearfarSettings;
import io.nearfar.config.Topology;
import io.nearfar.far.ExaminedServer;
import io.nearfar.far.FarServer;
import io.nearfar.far.ServerFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the doctor makes of what no test may set up: servers elsewhere, open to the world, or far away. */
class ExamsTest {
    private static NearfarSettings settings(String... words) {
        String[] all = Stream.concat(Stream.of("doctor"), Stream.of(words)).toArray(String[]::new);
        return Settings.of(RequestReader.read(all));
    }

    private static List<String> names(List<Finding> findings) {
        return findings.stream().map(finding -> finding.ailment().written()).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "redis://127.0.0.1,               ''",
        "redis://localhost,               ''",
        "redis://[::1]:7000,              ''",
        "redis://cache.example,           no-password no-tls",
        "redis://:secret@cache.example,   no-tls default-user",
        "redis://ann:secret@cache.example, no-tls",
        "rediss://ann:secret@cache.example, ''",
        "'redis://localhost,cache.example', no-password no-tls",
        "redis://127.0.0.1.example,       no-password no-tls"
    })
    void address_isJudgedByWhetherItIsElsewhere(String address, String names) {
        NearfarSettings settings = settings(address, "--prefix", "shop");
        FarSettings far = Settings.far(settings);
        assertThat(names(SettingsExam.of(settings, far, Map.of())))
                .containsExactly(names.isEmpty() ? new String[0] : names.split(" "));
    }

    @Test
    void certificateOfAnyHost_isFound() {
        NearfarSettings settings = settings(
                "rediss://ann:secret@cache.example", "--prefix", "shop", "--set", "nearfar.tls.verify-host=false");
        assertThat(names(SettingsExam.of(settings, Settings.far(settings), Map.of())))
                .containsExactly("any-host");
    }

    private static List<String> server(
            Map<String, String> told, Map<String, String> set, Topology topology, long roundTripMillis) {
        FarSettings far = Settings.far(settings("redis://127.0.0.1", "--prefix", "shop"));
        ExaminedServer server = new ExaminedServer(
                new FarServer("cache:6379", told), List.of(), Duration.ofMillis(roundTripMillis), set);
        return names(ServerExam.of(server, far, topology, far.deadline()));
    }

    @ParameterizedTest
    @CsvSource({
        "no,  '',            no-password",
        "no,  * -::*,        no-password",
        "no,  127.0.0.1 10.0.0.1, no-password",
        "no,  127.0.0.1 -::1, ''",
        "yes, * -::*,        ''"
    })
    void server_thatIsOpen_isFound(String protectedMode, String bind, String names) {
        assertThat(server(Map.of(), Map.of("protected-mode", protectedMode, "bind", bind), Topology.STANDALONE, 1))
                .containsExactly(names.isEmpty() ? new String[0] : names.split(" "));
    }

    @ParameterizedTest
    @CsvSource({"62, ''", "63, deadline-short"})
    void roundTrip_ofMoreThanAQuarterOfTheDeadline_isFound(long millis, String names) {
        assertThat(server(Map.of(), Map.of(), Topology.STANDALONE, millis))
                .containsExactly(names.isEmpty() ? new String[0] : names.split(" "));
    }

    /** Of a cluster, a master that is not the one that was greeted. */
    @Test
    void master_thatCannotSave_isFound_ifThatMatters() {
        Map<String, String> told = Map.of("rdb_last_bgsave_status", "err");
        assertThat(server(told, Map.of("save", "3600 1"), Topology.CLUSTER, 1)).containsExactly("persistence-fails");
        assertThat(server(told, Map.of("save", ""), Topology.CLUSTER, 1)).isEmpty();
        assertThat(server(told, Map.of("save", "1 1", "stop-writes-on-bgsave-error", "no"), Topology.CLUSTER, 1))
                .isEmpty();
        assertThat(server(Map.of("aof_last_write_status", "err"), Map.of(), Topology.CLUSTER, 1))
                .containsExactly("persistence-fails");
    }

    @Test
    void master_thatWouldStartEmptyBesideReplicas_isFound() {
        Map<String, String> told = Map.of("connected_slaves", "1");
        assertThat(server(told, Map.of("save", "", "appendonly", "no"), Topology.SENTINEL, 1))
                .containsExactly("cold-master");
        assertThat(server(told, Map.of("save", "3600 1", "appendonly", "no"), Topology.SENTINEL, 1))
                .isEmpty();
    }

    @Test
    void ailments_areInTheOrderOfTheirSeverity_andKnowEveryFaultOfAServer() {
        assertThat(Ailment.values()).isSortedAccordingTo((a, b) -> a.severity().compareTo(b.severity()));
        assertThat(ServerFault.values())
                .allSatisfy(fault -> assertThat(Ailment.of(fault)).isNotNull());
    }

    @Test
    void table_ofThePageForProduction_isTheListOfAilments() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("..", "docs", "production.md")).stream()
                .filter(line -> line.matches("\\| `[a-z-]+` \\| (error|warning|note) \\|.*"))
                .toList();
        assertThat(rows)
                .containsExactlyElementsOf(
                        Arrays.stream(Ailment.values()).map(ExamsTest::row).toList());
    }

    /** Commands, findings and settings of servers are told apart from other words by their hyphens. */
    @ParameterizedTest
    @ValueSource(strings = {"runbook.md", "tuning.md", "security.md", "capacity.md"})
    void names_onThePagesForOperators_exist(String page) throws IOException {
        Set<String> known = new TreeSet<>(ServerExam.WANTED);
        known.addAll(Set.of("maxmemory-samples", "volatile-lru", "max-age"));
        Arrays.stream(Ailment.values()).map(Ailment::written).forEach(known::add);
        Commands.ALL.stream().map(Command::name).forEach(known::add);
        String text = Files.readString(Path.of("..", "docs", page));
        Set<String> named = Pattern.compile("`([a-z]+(-[a-z]+)+)`")
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(known).containsAll(named);
    }

    private static String row(Ailment ailment) {
        return "| `" + ailment.written() + "` | " + ailment.severity().name().toLowerCase(Locale.ROOT) + " | "
                + ailment.why() + " | " + ailment.cure() + " |";
    }
}
