package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.entry.Freshness;
import io.nearfar.testing.CapturedLog;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealRedis;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An outage of thousands of calls is a line out, a line back, and a line that says what was made up for. */
@Timeout(120)
class OutageLogTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final RealRedis redis = RealRedis.start();
    private final CapturedLog log = new CapturedLog();
    private Node node = Node.of(Setup.over(FarSetups.far(FarSetups.address(redis.host()), "tiers:log"))
            .deadline(Duration.ofSeconds(1))); // beats are patient, also with a machine that stands still

    @AfterEach
    void stop() {
        node.close();
        log.close();
        redis.close();
    }

    @Test
    void outage_isTwoLinesAndOneForWhatWasMadeUpFor() {
        node.putKnown("k", "old");
        redis.freeze();
        for (int i = 0; i < 1_000; i++) {
            node.put("k", "v" + i);
            node.get("none");
        }
        redis.thaw();
        await().atMost(SOON)
                .ignoreException(FarTierUnavailableException.class)
                .until(() -> node.store().read("k", Freshness.AUTHORITY) != null);
        await().atMost(SOON)
                .until(() ->
                        !log.lines("NF0403").isEmpty() && !log.lines("NF0303").isEmpty());
        assertThat(log.lines("NF0302")).hasSize(1);
        assertThat(log.lines("NF0303")).hasSize(1);
        Matcher missed = Pattern.compile("in which (\\d+) calls")
                .matcher(log.lines("NF0303").get(0));
        assertThat(missed.find()).isTrue();
        assertThat(Integer.parseInt(missed.group(1))).isGreaterThanOrEqualTo(1_000);
        assertThat(log.lines("NF0403")).hasSize(1).allMatch(line -> line.contains("1 keys were written, 0 removed"));
        assertThat(log.lines("WARN")).hasSize(1);
    }

    @Test
    void close_whileTheServerIsAway_saysWhatIsLost() {
        node.putFar("k", "old");
        redis.kill();
        node.put("k", "new");
        node.put("l", "new");
        node.close();
        assertThat(log.lines("NF0404"))
                .hasSize(1)
                .allMatch(line -> line.contains(" ERROR ") && line.contains("{cities=2 keys}"));
        node.close();
        assertThat(log.lines("NF0404")).as("once").hasSize(1);
    }

    @Test
    void tooManyKeys_areOneLine() {
        node.close();
        node = Node.of(
                Setup.over(redis.host(), "tiers:log", Duration.ofSeconds(1)).dirty(10, 1 << 20));
        redis.kill();
        for (int i = 0; i < 100; i++) {
            node.put("k" + i, "v");
        }
        assertThat(log.lines("NF0405")).hasSize(1).allMatch(line -> line.contains("nearfar.cache.cities.outage.dirty"));
    }
}
