package io.nearfar.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nearfar.InvalidationPace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@link EntryStore} promises of patterns. */
abstract class EntryPatternsContract extends EntryTagsContract {
    private KeyWalk invalidatePattern(String pattern) {
        return invalidatePattern(pattern, InvalidationPace.DEFAULT);
    }

    private KeyWalk invalidatePattern(String pattern, InvalidationPace pace) {
        KeyWalk walk = new KeyWalk(pace, System::nanoTime);
        store.invalidatePattern(pattern, walk);
        return walk;
    }

    @Test
    void invalidatePattern_endsWhatMatches_andCountsIt() {
        for (String key : List.of("user:1", "user:12", "user:", "users:1", "xuser:1", "*", "user:ä%")) {
            put(key, key);
        }
        KeyWalk walk = invalidatePattern("user:*");
        assertThat(scanned()).containsExactlyInAnyOrder("users:1=users:1", "xuser:1=xuser:1", "*=*");
        assertThat(store.lookup("user:1")).isNull();
        assertThat(store.read("user:12", Freshness.NEAR)).isNull();
        assertThat(store.readAll(List.of("user:", "user:ä%", "users:1"), Freshness.AUTHORITY))
                .containsOnlyKeys("users:1");
        assertThat(walk.found()).isEqualTo(4);
        assertThat(walk.removed()).isEqualTo(4);
        assertThat(walk.looked()).isGreaterThanOrEqualTo(4);
        assertThat(invalidatePattern("\\*").removed()).isEqualTo(1);
        assertThat(invalidatePattern("[ux]*s*:?").removed()).isEqualTo(2);
        assertThat(invalidatePattern("*").removed()).isZero();
    }

    @Test
    void invalidatePattern_concernsNoOtherCache() {
        put("k", "v");
        try (EntryStore<String, String> other = open("other")) {
            other.apply("k", write("w", Condition.ALWAYS));
            assertThat(invalidatePattern("*").removed()).isEqualTo(1);
            assertThat(other.read("k", Freshness.AUTHORITY)).isNotNull();
            other.destroy();
        }
    }

    @Test
    void manyEntries_inSmallPages_areAllMet() {
        Map<String, Change<String>> changes = new HashMap<>();
        for (int i = 0; i < 3_000; i++) {
            changes.put((i % 2 == 0 ? "even:" : "odd:") + i, write("v", Condition.ALWAYS));
        }
        store.applyAll(changes);
        KeyWalk walk = invalidatePattern("even:*", InvalidationPace.DEFAULT.withPageSize(20));
        assertThat(walk.removed()).isEqualTo(1_500);
        assertThat(store.readAll(changes.keySet(), Freshness.AUTHORITY))
                .hasSize(1_500)
                .allSatisfy((key, entry) -> assertThat(key).startsWith("odd:"));
    }

    @Test
    void entry_writtenAfterAnInvalidation_isNotConcerned() {
        put("k", "1");
        invalidatePattern("k");
        put("k", "2");
        assertThat(read("k")).isEqualTo("2");
    }

    @Test
    void load_thatBeganBeforeAnInvalidation_ofItsKey_isNotStored() {
        Version granted = granted("k:1", 60_000);
        Version other = granted("l:1", 60_000);
        assertThat(invalidatePattern("k:*").removed()).isZero();
        assertThat(store.apply("k:1", write("loaded", Condition.is(granted))).applied())
                .isFalse();
        assertThat(store.renew("k:1", granted, 60_000)).isFalse();
        assertThat(read("k:1")).isNull();
        assertThat(store.apply("l:1", write("loaded", Condition.is(other))).applied())
                .isTrue();
        granted("k:1", 60_000);
    }

    @Test
    void reload_thatBeganBeforeAnInvalidation_isNotStored() {
        put("k", "old");
        Lease.Found<String> found = (Lease.Found<String>) store.lease("k", 60_000);
        invalidatePattern("?");
        Change<String> reloaded =
                write("new", Condition.is(found.entry().version())).since(found.asked());
        assertThat(store.apply("k", reloaded).applied()).isFalse();
        assertThat(read("k")).isNull();
    }

    @Test
    void cancelledWalk_leavesWhatItHasNotMet() {
        for (int i = 0; i < 100; i++) {
            put("k" + i, "v");
        }
        KeyWalk walk = new KeyWalk(InvalidationPace.DEFAULT, System::nanoTime);
        walk.cancel();
        store.invalidatePattern("*", walk);
        assertThat(walk.isCancelled()).isTrue();
        assertThat(walk.removed()).isZero();
        assertThat(scanned()).hasSize(100);
    }

    @Test
    void patternThatMeansNothing_isRefused() {
        put("k", "v");
        assertThatThrownBy(() -> invalidatePattern("k[")).isInstanceOf(IllegalArgumentException.class);
        assertThat(read("k")).isEqualTo("v");
    }
}
