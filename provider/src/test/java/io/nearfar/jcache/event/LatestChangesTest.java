package io.nearfar.jcache.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.jcache.event.LatestChanges.End;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LatestChangesTest {
    private static final long HOUR = TimeUnit.HOURS.toMicros(1);

    private long latestStamp;
    private final LatestChanges<String> changes = new LatestChanges<>(key -> latestStamp);

    @Test
    void end_isNewsOnce() {
        assertThat(changes.noteEnd("k", 10)).isEqualTo(End.NEWS);
        assertThat(changes.noteEnd("k", 10)).isEqualTo(End.TOLD);
        assertThat(changes.noteEnd("l", 10)).isEqualTo(End.NEWS);
        assertThat(changes.noteEnd("k", 11)).as("that of another entry").isEqualTo(End.NEWS);
    }

    @Test
    void end_beforeAChangeThatWasTold_isOvertaken() {
        changes.note("k", 20);
        assertThat(changes.noteEnd("k", 10)).isEqualTo(End.OVERTAKEN);
        assertThat(changes.isAfter("k", 10)).isTrue();
        assertThat(changes.noteEnd("k", 30)).isEqualTo(End.NEWS);
    }

    @Test
    void endThatWasTold_isKnown_whateverCameAfterIt() {
        changes.noteEnd("k", 10);
        changes.note("k", 20);
        assertThat(changes.noteEnd("k", 10)).isEqualTo(End.TOLD);
        changes.note("k", 0);
        assertThat(changes.noteEnd("k", 10))
                .as("after a change of which the stamp is not known")
                .isEqualTo(End.TOLD);
        assertThat(changes.isAfter("k", 10)).as("of that nothing is known").isFalse();
    }

    @Test
    void changeOfAnOutage_cameAfterWhatTheFarTierCanHaveStampedByThen() {
        latestStamp = 100 * HOUR;
        changes.note("k", 0);
        latestStamp = 200 * HOUR;
        assertThat(changes.isAfter("k", 100 * HOUR - 1)).isTrue();
        assertThat(changes.isAfter("k", 100 * HOUR + 1))
                .as("of what came after it")
                .isFalse();
        assertThat(changes.noteEnd("k", 50 * HOUR)).isEqualTo(End.OVERTAKEN);
        latestStamp = 0;
        changes.note("l", 0);
        assertThat(changes.isAfter("l", 1)).as("without a clock").isFalse();
    }

    @Test
    void changeOfAnOutage_keepsOutNothingThatCameAfterIt_whereTheClockWasPutBack() {
        latestStamp = 100 * HOUR;
        changes.note("k", 0);
        latestStamp = 50 * HOUR;
        assertThat(changes.isAfter("k", 51 * HOUR)).as("of what came after it").isFalse();
        assertThat(changes.isAfter("k", 49 * HOUR)).as("of what came before it").isTrue();
        changes.note("k", 40 * HOUR);
        assertThat(changes.isAfter("k", 51 * HOUR)).as("nor once more is known").isFalse();
        assertThat(changes.isAfter("k", 49 * HOUR)).isTrue();
        assertThat(changes.noteEnd("k", 51 * HOUR)).isEqualTo(End.NEWS);
    }
}
