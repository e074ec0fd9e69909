package io.nearfar.jcache.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.jcache.event.LatestChanges.End;
import org.junit.jupiter.api.Test;

class LatestChangesTest {
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
        latestStamp = 100;
        changes.note("k", 0);
        latestStamp = 200;
        assertThat(changes.isAfter("k", 99)).isTrue();
        assertThat(changes.isAfter("k", 101)).as("of what came after it").isFalse();
        assertThat(changes.noteEnd("k", 50)).isEqualTo(End.OVERTAKEN);
        latestStamp = 0;
        changes.note("l", 0);
        assertThat(changes.isAfter("l", 1)).as("without a clock").isFalse();
    }
}
