package io.nearfar.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.nearfar.testing.RealRedis;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the tool is called, what it says when it is called wrongly, and its exit codes. */
@Timeout(120)
class CommandLineTest {
    private static RealRedis redis;
    private static String address;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startServer() {
        redis = RealRedis.start("--requirepass", "pass-word");
        address = "redis://:pass-word@" + redis.host();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "statsu                                | There is no such command. There are status, check, check-config",
                "status --colour                       | There is no option --colour; see help",
                "status --prefix                       | It is written --prefix <text>",
                "status --json=yes                     | It is written --json",
                "status --top 3                        | status takes no --top",
                "get prices                            | It is written get <cache> <key>",
                "get redis://localhost prices a b      | It is written get <cache> <key>",
                "invalidate redis://localhost p keys a | It is written invalidate <cache> key|tag|prefix|pattern <name>…",
                "invalidate redis://x p pattern a b    | One prefix or pattern at a time",
                "get redis://localhost p a --version x | --version takes a whole number from 0 to 2147483647, not x",
                "get redis://localhost p a --version 2147483648 | from 0 to 2147483647",
                "clear redis://localhost               | clear <cache>, maybe with --version, or clear --all for all caches",
                "clear redis://localhost prices --all  | clear <cache>, maybe with --version, or clear --all for all caches",
                "clear redis://localhost --all --version 2 | clear <cache>, maybe with --version, or clear --all",
                "largest redis://localhost --top many  | --top takes a whole number from 1, not many",
                "watch redis://localhost --for 0.0     | --for takes a number of seconds, such as 60 or 0.5, not 0.0",
                "largest redis://localhost --top 0     | --top takes a whole number from 1, not 0",
                "status --set prefix=a                 | It is written --set <key=value>, and the key begins with nearfar.",
                "status --set nearfar.prefx=a          | nearfar.prefix",
                "check-config redis://:hidden@cache    | stands behind the command, as in check redis://host:6379",
                "status --config redis://:hidden@cache | Where the path of a file belongs there is an address",
                "status                                | Which server? Name it behind the command",
                "status http://localhost               | redis, rediss, valkey, valkeys",
            })
    void wrongUse_isTold(String words, String text) {
        ToolRun run = ToolRun.of(words.strip().split(" +"));
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("nearfar: ").contains(text).doesNotContain("hidden");
    }

    @Test
    void wrongUse_asJson_isAnObject() {
        JsonNode tree = ToolRun.json("get", "prices").tree();
        assertThat(tree.toString()).isEqualTo("{\"error\":\"It is written get <cache> <key>\",\"exit\":2}");
    }

    @Test
    void fault_ofAnyKind_isFive() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream broken = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8) {
            @Override
            public void println(String text) {
                throw new NoClassDefFoundError("io/example/Missing");
            }
        };
        assertThat(Tool.run(broken, new PrintStream(err, true, StandardCharsets.UTF_8), "help"))
                .isEqualTo(5);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("the tool has failed: java.lang.NoClassDefFoundError: io/example/Missing");
    }

    @Test
    void pages_nameEveryCommandAndExitCode() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "tool.md"));
        String features = Files.readString(Path.of("..", "docs", "features.md"));
        for (Command command : Commands.ALL) {
            assertThat(page).containsPattern("\\| (`[^|]*, )?`" + command.name() + "[` ]");
            assertThat(features).contains("`" + command.name() + "`");
        }
        for (Outcome outcome : Outcome.values()) {
            assertThat(page).contains("\n| " + outcome.ordinal() + " | ");
        }
    }

    @Test
    void help_listsEveryCommandAndOption() {
        ToolRun run = ToolRun.of();
        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains(Commands.ALL.stream().map(Command::usage).toList());
        assertThat(ToolRun.of("help", "watch").out())
                .contains("watch [redis://host:6379]", "--for <seconds>", "--json");
    }

    @Test
    void server_thatDoesNotAnswer_isThree() {
        ToolRun run = ToolRun.once("status", "redis://:pass-word@127.0.0.1:" + RealRedis.freePort());
        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err()).contains("cannot be reached", "refused").doesNotContain("pass-word");
    }

    @Test
    void server_thatRefuses_isFour() {
        ToolRun run = ToolRun.of("status", "redis://:wrong-word@" + redis.host());
        assertThat(run.exit()).isEqualTo(4);
        assertThat(run.err()).contains("WRONGPASS").doesNotContain("wrong-word");
    }

    /** The documented rights are for nodes: they allow no look into the slow log. */
    @Test
    void rightThatIsMissing_isFour() {
        redis.connect().call("ACL", "SETUSER", "looker", "on", ">p", "~*", "&*", "+@all", "-slowlog");
        ToolRun run = ToolRun.of("slowlog", "redis://looker:p@" + redis.host());
        assertThat(run.exit()).isEqualTo(4);
        assertThat(run.err()).contains("SLOWLOG", "NOPERM");
    }

    @Test
    void check_ofAServerThatSuits_isYes() {
        ToolRun run = ToolRun.of("check", address, "--prefix", "shop");
        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isZero();
        assertThat(run.lines()).contains("address redis://" + redis.host() + "/0", "prefix shop", "usable true");
        assertThat(run.out()).doesNotContain("pass-word");
    }

    @Test
    void check_ofAUserWithoutRights_namesThem() {
        redis.connect()
                .call(
                        "ACL",
                        "SETUSER",
                        "poor",
                        "on",
                        ">p",
                        "~{shop~*",
                        "resetchannels",
                        "&{shop~*",
                        "+@all",
                        "-hset",
                        "-publish",
                        "-pttl");
        ToolRun run = ToolRun.of("check", "redis://poor:p@" + redis.host(), "--prefix", "shop");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).contains("usable   false").contains("docs/redis.md");
        JsonNode tree = ToolRun.json("check", "redis://poor:p@" + redis.host(), "--prefix", "shop")
                .tree();
        assertThat(tree.at("/usable").asBoolean()).isFalse();
        assertThat(tree.at("/missing").findValuesAsText("missing")).containsExactly("PTTL", "HSET", "PUBLISH");
        assertThat(ToolRun.of("check", "redis://poor:p@" + redis.host(), "--prefix", "other")
                        .exit())
                .isEqualTo(1);
    }

    @Test
    void checkConfig_ofAFileThatIsRight_showsWhatItComesTo() throws IOException {
        Path file = file(
                "nearfar.address = redis://:pass-word@cache:6379/2",
                "nearfar.prefix = shop",
                "nearfar.cache.prices.ttl = 90s",
                "nearfar.cache.prices.ttl.rules = *:24h 5m",
                "nearfar.cache.prices.version = 2");
        ToolRun run = ToolRun.of("check-config", file.toString(), "--cache", "prices");
        assertThat(run.exit()).isZero();
        assertThat(run.lines())
                .contains("right true", "mode tiered", "address redis://cache:6379/2", "prefix shop", "ttl 1m30s")
                .contains("version 2", "ttl rules *:24h 5m");
        assertThat(run.out()).doesNotContain("pass-word");
        JsonNode tree = ToolRun.json("check-config", file.toString(), "--cache", "prices")
                .tree();
        assertThat(tree.at("/ttlMillis").asLong()).isEqualTo(90_000);
    }

    @Test
    void checkConfig_ofAFileThatIsWrong_listsEveryMistake() throws IOException {
        Path file = file("nearfar.addres = redis://:pass-word@cache", "nearfar.beat = soon");
        ToolRun run = ToolRun.of("check-config", file.toString());
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).contains("nearfar.address", "nearfar.beat = soon").doesNotContain("pass-word");
        assertThat(ToolRun.json("check-config", file.toString())
                        .tree()
                        .at("/right")
                        .asBoolean())
                .isFalse();
        assertThat(ToolRun.of("check-config", folder.resolve("none").toString()).exit())
                .isEqualTo(1);
    }

    @Test
    void config_namesTheServer() throws IOException {
        Path file = file("nearfar.address = " + address, "nearfar.prefix = shop");
        ToolRun run = ToolRun.of("status", "--config", file.toString());
        assertThat(run.exit()).isZero();
        assertThat(run.lines()).contains("prefix shop", "caches none");
        assertThat(ToolRun.of("status", "--config", folder.resolve("none").toString())
                        .exit())
                .isEqualTo(2);
    }

    private Path file(String... lines) throws IOException {
        return Files.write(folder.resolve("nearfar.properties"), List.of(lines));
    }
}
