package io.nearfar.entry;

import static io.nearfar.entry.Lifetime.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.InvalidationPace;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link EntryStore} promises of loads that found nothing. */
abstract class EntryAbsenceContract extends EntryGraceContract {
    private Version absent(String key, long millis, String... tags) {
        Version holder = granted(key, 60_000);
        store.rememberAbsence(key, holder, millis, List.of(tags));
        return holder;
    }

    private Lease<String> lease() {
        return store.lease("k", 60_000);
    }

    @Test
    void absence_isToldToWhoeverWouldLoad() {
        Version holder = absent("k", 60_000);
        assertThat(lease()).isInstanceOfSatisfying(Lease.Absent.class, absent -> {
            assertThat(absent.version()).isEqualTo(holder);
            assertThat(absent.asked()).isGreaterThanOrEqualTo(holder.stamp());
        });
        assertThat(store.lease("l", 60_000)).isInstanceOf(Lease.Granted.class);
    }

    @Test
    void absence_isNoEntry() {
        absent("k", 60_000);
        assertThat(read("k")).isNull();
        assertThat(store.lookup("k")).isNull();
        assertThat(store.readAll(List.of("k"), Freshness.AUTHORITY)).isEmpty();
        assertThat(store.lookupAll(List.of("k"))).isEmpty();
        assertThat(scanned()).isEmpty();
        assertThat(store.apply("k", write("v", Condition.PRESENT)).applied()).isFalse();
        Reply<String> reply = store.apply("k", write("v", Condition.ABSENT));
        assertThat(reply.applied()).isTrue();
        assertThat(reply.existed()).isFalse();
        assertThat(read("k")).isEqualTo("v");
    }

    @Test
    void absence_endsByItself() {
        absent("k", 30);
        pass(60);
        assertThat(lease()).isInstanceOf(Lease.Granted.class);
    }

    @Test
    void absence_isNotProlongedByItsLoad() {
        Version holder = absent("k", 60_000);
        assertThat(store.renew("k", holder, 60_000)).isFalse();
        assertThat(lease()).isInstanceOf(Lease.Absent.class);
    }

    @Test
    void absence_givesWayToAResult() {
        Version holder = absent("k", 60_000);
        assertThat(store.apply("k", write("v", Condition.is(holder))).applied()).isTrue();
        assertThat(read("k")).isEqualTo("v");
        assertThat(store.apply("k", write("w", Condition.is(holder))).applied()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"write", "write-absent", "remove", "remove-all", "write-none", "clear", "pattern"})
    void absence_isEndedByAnyChange(String change) {
        absent("k", 60_000, "tag");
        change(change);
        assertThat(lease())
                .isInstanceOf(
                        change.equals("write") || change.equals("write-absent")
                                ? Lease.Found.class
                                : Lease.Granted.class);
    }

    /** What voids a load, voids what it would have told. */
    @ParameterizedTest
    @ValueSource(strings = {"write", "write-absent", "remove", "remove-all", "write-none", "clear", "pattern"})
    void absence_ofALoadThatWasVoided_isNotRemembered(String change) {
        Version holder = granted("k", 60_000);
        change(change);
        store.rememberAbsence("k", holder, 60_000, List.of());
        assertThat(lease()).isNotInstanceOf(Lease.Absent.class);
        assertThat(read("k")).isEqualTo(change.equals("write") || change.equals("write-absent") ? "other" : null);
    }

    private void change(String change) {
        switch (change) {
            case "write" -> put("k", "other");
            case "write-absent" -> store.apply("k", write("other", Condition.ABSENT));
            case "remove" -> store.apply("k", Change.removal(Condition.ALWAYS, false));
            case "remove-all" -> store.applyAll(Map.of("k", Change.removal(Condition.ALWAYS, false)));
            case "write-none" -> putFor("k", "other", NONE);
            case "clear" -> store.clear();
            case "pattern" -> store.invalidatePattern("k*", new KeyWalk(InvalidationPace.DEFAULT, System::nanoTime));
            default -> throw new IllegalArgumentException(change);
        }
    }

    @ParameterizedTest
    @CsvSource({"during, red, true", "during, blue, false", "after, red, true", "after, blue, false"})
    void absence_withTags_isEndedByThem(String when, String tag, boolean ended) {
        Version holder = granted("k", 60_000);
        if (when.equals("during")) {
            store.invalidateTags(Set.of(tag));
        }
        store.rememberAbsence("k", holder, 60_000, List.of("green", "red"));
        if (when.equals("after")) {
            store.invalidateTags(Set.of(tag));
        }
        assertThat(lease()).isInstanceOf(ended ? Lease.Granted.class : Lease.Absent.class);
    }
}
