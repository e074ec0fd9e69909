package io.nearfar.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.far.CacheSample;
import io.nearfar.far.CacheSample.Life;
import io.nearfar.far.CacheVersion;
import io.nearfar.far.FarNews;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CounselTest {
    /** Entries, percent that live for ever; ttl, idle and used in seconds, if known; entries that change in a minute. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "   9 | 0  | 60   | -    | -   | 0   | too few entries to say anything",
                " 100 | 40 | 60   | -    | -   | 0   | 40 % live for ever",
                " 100 | 0  | -    | -    | -   | 0   | were gone",
                " 100 | 0  | 3600 | 2400 | 300 | 0   | when they are 5m old, and they live for 1h: a time-to-live of 5m",
                " 100 | 0  | 3600 | 2400 | 0   | 0   | when they are 1s old, and they live for 1h: a time-to-live of 1s",
                " 100 | 0  | 3600 | 600  | -   | 100 | each is written or removed every 1m on the average",
                " 100 | 0  | 3600 | -    | -   | 100 | each is written or removed every 1m on the average",
                " 100 | 0  | 3600 | 60   | 900 | 0   | a time-to-live of 2h would halve the loads",
                " 100 | 0  | 3600 | 60   | -   | 3   | a time-to-live of 2h would halve the loads",
                " 100 | 0  | 3600 | 60   | -   | 4   | nothing speaks against 1h",
                " 100 | 0  | 3600 | 900  | -   | 0   | nothing speaks against 1h",
                " 100 | 0  | 3600 | -    | -   | 0   | nothing speaks against 1h",
            })
    void advice_isWhatFollows(long entries, long eternal, Long ttl, Long idle, Long used, long changed, String text) {
        Figures seen = new Figures(
                new CacheVersion("c", 0),
                entries,
                eternal,
                millis(ttl),
                0L,
                millis(idle),
                millis(used),
                new Changes.Count(changed, 0),
                60_000);
        assertThat(Counsel.on(seen)).contains(text);
    }

    @Test
    void figures_ofASample_areItsMiddle() {
        List<Life> lives = new ArrayList<>();
        for (long minute = 1; minute <= 60; minute++) {
            lives.add(
                    new Life(minute * 60_000, 3_600_000L, minute < 3 ? 0 : (minute - 3) * 60_000)); // used until 3m old
        }
        CacheVersion cache = new CacheVersion("c", 2);
        Figures seen = Figures.of(new CacheSample(cache, 600, lives), Changes.Count.NONE, 1_000);
        assertThat(seen.eternal()).isZero();
        assertThat(seen.ttlMillis()).isEqualTo(3_600_000);
        assertThat(seen.ageMillis()).isEqualTo(30 * 60_000);
        assertThat(seen.idleMillis()).isEqualTo(27 * 60_000);
        assertThat(seen.usedMillis()).isEqualTo(3 * 60_000);
        assertThat(seen.betweenChangesMillis()).isNull();
    }

    /** Of a thing that is told in every partition, a pattern twice. */
    @Test
    void changes_countAnInvalidationOnce() {
        CacheVersion cache = new CacheVersion("c", 0);
        Changes changes = new Changes();
        changes.meet(new FarNews("entries", cache, List.of("a", "b"), 7, 1));
        for (int partition = 0; partition < 64; partition++) {
            changes.meet(new FarNews("clear", cache, List.of(), partition, 2));
            changes.meet(new FarNews("tags", cache, List.of("red", "blue"), partition, 3));
            changes.meet(new FarNews("pattern", cache, List.of("a*"), partition, 4));
            changes.meet(new FarNews("pattern", cache, List.of("a*"), partition, 5));
        }
        assertThat(changes.of(cache).entries()).isEqualTo(2);
        assertThat(changes.of(cache).invalidations()).isEqualTo(3);
        assertThat(changes.of(new CacheVersion("c", 1))).isEqualTo(Changes.Count.NONE);
    }

    private static Long millis(Long seconds) {
        return seconds == null ? null : 1_000 * seconds;
    }
}
