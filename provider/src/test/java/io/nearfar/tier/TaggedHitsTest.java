package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.config.Mode;
import io.nearfar.entry.Attributes;
import io.nearfar.entry.Condition;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RespClient;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What hits of tagged entries cost in the near tier. */
@Timeout(120)
class TaggedHitsTest {
    private static final int HITS = 20;

    private static long calls(RealRedis redis) {
        Matcher calls = Pattern.compile("cmdstat_(mget|hmget|getrange):calls=(\\d+)")
                .matcher(RespClient.text(redis.call("INFO", "commandstats")));
        return calls.results().mapToLong(each -> Long.parseLong(each.group(2))).sum();
    }

    /** They compare with what the messages have told; a busy machine may have to ask now and then. */
    @Test
    void nearHit_ofATaggedEntry_asksNobody_whateverElseIsInvalidated() {
        try (RealRedis redis = RealRedis.start();
                Node here = Node.over(redis, Mode.TIERED);
                Node there = Node.over(redis, Mode.TIERED)) {
            here.store()
                    .apply(
                            "k",
                            here.write("v", Condition.ALWAYS)
                                    .with(Attributes.of(List.of("red", "blue"), Attributes.AS_CONFIGURED)));
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                here.store().invalidateTags(Set.of("green"));
                there.store().invalidateTags(Set.of("yellow"));
                assertThat(here.get("k")).isEqualTo("v");
                long hits = here.figures().nearHits();
                long asked = calls(redis);
                for (int i = 0; i < HITS; i++) {
                    assertThat(here.get("k")).isEqualTo("v");
                }
                assertThat(here.figures().nearHits() - hits).isEqualTo(HITS);
                assertThat(calls(redis)).isEqualTo(asked);
            });
        }
    }
}
