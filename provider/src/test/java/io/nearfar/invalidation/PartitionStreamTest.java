package io.nearfar.invalidation;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.entry.Version;
import io.nearfar.invalidation.Invalidation.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PartitionStreamTest {
    private static final Version MISSING = new Version(0, 0);

    private final List<String> told = new ArrayList<>();
    private final PartitionStream stream = new PartitionStream(3, new Teller());
    private int gaps;

    private final class Teller implements StreamListener {
        @Override
        public void apply(Invalidation message) {
            told.add("apply " + message.version().stamp());
        }

        @Override
        public void gap(int partition) {
            gaps++;
        }

        @Override
        public void lost(int partition) {
            told.add("lost");
            assertThat(partition).isEqualTo(3);
        }

        @Override
        public void deaf(int partition) {
            told.add("deaf");
        }

        @Override
        public void verified(int partition, long sentAt) {
            told.add("verified " + sentAt);
        }

        @Override
        public void reached(int partition, long stamp) {
            told.add(stamp == Long.MIN_VALUE ? "nowhere" : "reached " + stamp);
        }
    }

    private static Version version(long stamp) {
        return new Version(stamp, stamp * 31);
    }

    private void message(Version previous, Version version) {
        stream.received(new Invalidation(3, previous, version, Kind.ENTRIES, "c", List.of("k")));
    }

    private void message(long previous, long stamp) {
        message(version(previous), version(stamp));
    }

    private void beat(long sentAt, @Nullable Version chain) {
        stream.asking(sentAt, Long.MIN_VALUE);
        stream.answered(sentAt, chain, Long.MIN_VALUE);
    }

    /** A stream that a beat has put at 10. */
    @BeforeEach
    void begin() {
        beat(100, version(10));
        assertThat(told).containsExactly("lost", "reached 10", "verified 100");
        told.clear();
    }

    @Test
    void received_next_isAppliedAndThenReached() {
        message(10, 11);
        message(11, 15);
        assertThat(told).containsExactly("apply 11", "reached 11", "apply 15", "reached 15");
    }

    @Test
    void gap_isToldOfWhatTheNextMessageOrABeatMisses_andOfNothingElse() {
        message(10, 11);
        beat(200, version(11));
        stream.forget();
        beat(300, version(11));
        assertThat(gaps).isZero();
        message(12, 13);
        assertThat(gaps).isEqualTo(1);
        beat(400, version(20));
        beat(500, version(20));
        assertThat(gaps).isEqualTo(1);
        beat(600, version(20));
        assertThat(gaps).isEqualTo(2);
    }

    @Test
    void received_afterAGap_losesThenApplies() {
        message(11, 12);
        assertThat(told).containsExactly("lost", "apply 12", "reached 12");
    }

    @Test
    void received_sameStampOfAnotherWriter_isAGap() {
        message(new Version(10, 1), version(12));
        assertThat(told).startsWith("lost");
    }

    @Test
    void received_previousMissing_isARegression() {
        message(MISSING, version(50));
        assertThat(told).containsExactly("lost", "apply 50", "reached 50");
    }

    @Test
    void received_stampNotAboveTheLast_isARegression() {
        message(10, 12);
        told.clear();
        message(11, 11);
        assertThat(told).containsExactly("lost", "apply 11", "reached 11");
        told.clear();
        message(11, 20);
        assertThat(told).containsExactly("apply 20", "reached 20");
    }

    @Test
    void received_twice_changesNothingFurther() {
        message(10, 12);
        message(10, 12);
        assertThat(told).containsExactly("apply 12", "reached 12", "apply 12");
    }

    /** What a beat saw includes them; they are on the way only. */
    @Test
    void received_fromBeforeTheBeatThatBegan_movesNothing() {
        message(7, 8);
        message(8, 10);
        message(10, 11);
        assertThat(told).containsExactly("apply 8", "apply 10", "apply 11", "reached 11");
    }

    @Test
    void received_previousMissingBelowTheBeatThatBegan_isARegression() {
        message(MISSING, version(5));
        assertThat(told).containsExactly("lost", "apply 5", "reached 5");
    }

    @Test
    void answered_chainWhereTheStreamWas_verifiesAtOnce() {
        beat(200, version(10));
        assertThat(told).containsExactly("verified 200");
    }

    /** The stream went on while the beat was on its way. */
    @Test
    void answered_chainThatTheStreamHasPassedMeanwhile_verifies() {
        stream.asking(200, Long.MIN_VALUE);
        message(10, 11);
        message(11, 12);
        told.clear();
        stream.answered(200, version(11), Long.MIN_VALUE);
        assertThat(told).containsExactly("verified 200");
    }

    @Test
    void answered_chainOfBeforeWhileTheStreamWentOn_isNoRegression() {
        stream.asking(200, Long.MIN_VALUE);
        message(10, 11);
        told.clear();
        stream.answered(200, version(10), Long.MIN_VALUE);
        assertThat(told).containsExactly("verified 200");
    }

    @Test
    void answered_chainAheadOfTheStream_verifiesOnlyWhenTheMessagesHaveCome() {
        beat(200, version(12));
        assertThat(told).isEmpty();
        message(10, 11);
        assertThat(told).containsExactly("apply 11", "reached 11");
        message(11, 12);
        assertThat(told.subList(2, told.size())).containsExactly("apply 12", "reached 12", "verified 200");
    }

    @Test
    void answered_severalAhead_verifiesTheLatestReached() {
        beat(200, version(11));
        beat(300, version(12));
        message(10, 11);
        message(11, 12);
        assertThat(told)
                .containsExactly("apply 11", "reached 11", "verified 200", "apply 12", "reached 12", "verified 300");
    }

    @Test
    void answered_stillBehindTwoBeatsLater_isAGapAndBeginsAnew() {
        beat(200, version(11));
        beat(300, version(11));
        assertThat(told).isEmpty();
        beat(400, version(12));
        assertThat(told).containsExactly("lost", "reached 12", "verified 400");
        told.clear();
        message(10, 11); // they come after all
        message(11, 12);
        message(12, 13);
        assertThat(told).containsExactly("apply 11", "apply 12", "apply 13", "reached 13");
    }

    private void loseInSilence(long chain) {
        for (int beat = 0; beat < 3; beat++) {
            beat(1_000 * chain + beat, version(chain));
        }
    }

    @Test
    void answered_threeLossesWithoutAMessage_isDeaf() {
        loseInSilence(11);
        loseInSilence(12);
        assertThat(told).doesNotContain("deaf");
        loseInSilence(13);
        assertThat(told).endsWith("lost", "reached 13", "verified 13002", "deaf");
    }

    @Test
    void answered_threeLossesWithAMessageBetween_isNotDeaf() {
        loseInSilence(11);
        loseInSilence(12);
        message(10, 11);
        loseInSilence(13);
        assertThat(told).doesNotContain("deaf");
    }

    @Test
    void answered_chainBelowWhereTheStreamWas_isARegression() {
        beat(200, version(9));
        assertThat(told).containsExactly("lost", "reached 9", "verified 200");
    }

    /** A read has brought a write whose message was still on its way when the far tier lost both. */
    @Test
    void answered_chainBelowWhatIsKeptNear_isARegression() {
        stream.asking(200, 12);
        stream.answered(200, version(10), Long.MIN_VALUE);
        assertThat(told).containsExactly("lost", "reached 10", "verified 200");
        told.clear();
        stream.asking(300, 10);
        stream.answered(300, version(10), Long.MIN_VALUE);
        assertThat(told).containsExactly("verified 300");
    }

    @Test
    void answered_chainBelowWhatWasBroughtNearMeanwhile_leavesItToTheNextBeat() {
        stream.asking(200, Long.MIN_VALUE);
        stream.answered(200, version(10), 12);
        assertThat(told).isEmpty();
        stream.asking(300, 12);
        stream.answered(300, version(12), Long.MIN_VALUE);
        assertThat(told).isEmpty();
        message(10, 12);
        assertThat(told).containsExactly("apply 12", "reached 12", "verified 300");
    }

    @Test
    void answered_sameStampOfAnotherWriter_isARegression() {
        beat(200, new Version(10, 1));
        assertThat(told).containsExactly("lost", "reached 10", "verified 200");
    }

    @Test
    void answered_chainMissing_losesAndWaitsForTheOneThatIsBegun() {
        stream.asking(200, Long.MIN_VALUE);
        stream.answered(200, null, Long.MIN_VALUE);
        assertThat(told).containsExactly("lost", "nowhere");
        told.clear();
        stream.answered(200, version(70), Long.MIN_VALUE);
        assertThat(told).containsExactly("lost", "reached 70", "verified 200");
    }

    @Test
    void answered_toAQuestionOfBeforeALoss_isIgnored() {
        stream.asking(200, Long.MIN_VALUE);
        message(11, 12);
        told.clear();
        stream.answered(200, version(12), Long.MIN_VALUE);
        assertThat(told).isEmpty();
    }

    @Test
    void answered_toAnEarlierQuestion_isIgnored() {
        stream.asking(200, Long.MIN_VALUE);
        stream.asking(300, Long.MIN_VALUE);
        stream.answered(200, version(10), Long.MIN_VALUE);
        assertThat(told).isEmpty();
        stream.answered(300, version(10), Long.MIN_VALUE);
        assertThat(told).containsExactly("verified 300");
    }

    @Test
    void forget_untilTheNextBeat_appliesAndVerifiesNothing() {
        beat(200, version(12));
        stream.forget();
        assertThat(told).containsExactly("lost", "nowhere");
        told.clear();
        message(11, 12);
        assertThat(told).containsExactly("apply 12");
        told.clear();
        beat(300, version(12));
        assertThat(told).containsExactly("lost", "reached 12", "verified 300");
    }

    @Test
    void forget_whileABeatIsOnItsWay_ignoresItsAnswer() {
        stream.asking(200, Long.MIN_VALUE);
        stream.forget();
        told.clear();
        stream.answered(200, version(10), Long.MIN_VALUE);
        assertThat(told).isEmpty();
    }
}
