package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.InvalidationPace;
import io.nearfar.entry.Condition;
import io.nearfar.entry.KeyWalk;
import io.nearfar.key.KeyFormat;
import io.nearfar.key.KeyText;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.TextKeys;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A node that decides alone in an outage, over what its near tier has: an invalidation ends what has come of that as well. */
@Timeout(60)
class OutdatedDecisionsTest {
    private static final String LOOKED_AT = "zz";

    private final RealRedis redis = RealRedis.start();
    private final Node node = Node.of(
            Setup.over(redis.host(), "tiers:outdated", Duration.ofSeconds(1)).local());
    private final AtomicReference<Runnable> whileItLooks = new AtomicReference<>(() -> {});

    @AfterEach
    void stop() {
        redis.thaw();
        node.close();
        redis.close();
    }

    /** Runs something when the dirty keys are looked through, after the pattern was noted. */
    private final class Texts implements KeyFormat<String> {
        private final TextKeys texts = new TextKeys();

        @Override
        public KeyText text(String key) {
            if (key.equals(LOOKED_AT) && !node.dirty().patterns().isEmpty()) {
                whileItLooks.getAndSet(() -> {}).run();
            }
            return texts.text(key);
        }

        @Override
        public String key(KeyText text) {
            return texts.key(text);
        }

        @Override
        public String shown(String key) {
            return texts.shown(key);
        }

        @Override
        public String keep(String key) {
            return key;
        }
    }

    @Test
    void replacement_ofWhatIsJustBeingInvalidated_doesNotOutliveTheCall() {
        node.cache.close();
        node.open(new Texts());
        for (int i = 0; i < 40; i++) {
            node.putFar("feed:" + i, "old");
        }
        redis.freeze();
        node.put(LOOKED_AT, "noted");
        whileItLooks.set(() -> {
            for (int i = 0; i < 40; i++) {
                node.store().apply("feed:" + i, node.write("of old", Condition.PRESENT));
            }
        });
        node.store().invalidatePattern("feed:*", new KeyWalk(InvalidationPace.DEFAULT, System::nanoTime));
        for (int i = 0; i < 40; i++) {
            assertThat(node.get("feed:" + i)).isNull();
        }
        assertThat(node.get(LOOKED_AT)).isEqualTo("noted");
    }
}
