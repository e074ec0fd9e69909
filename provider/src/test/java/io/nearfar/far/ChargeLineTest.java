package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.far.ChargeLine.Batch;
import io.nearfar.far.ChargeLine.Member;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who goes at once, who waits, and who goes when. */
class ChargeLineTest {
    private static final long NOW = 1_000;
    private static final long END = 2_000;

    private final ChargeLine line = new ChargeLine();

    private Member enter(long until) {
        Member member = line.enter(until, NOW, 0);
        if (member == null) {
            throw new AssertionError("the line is over");
        }
        return member;
    }

    private void fillUp() {
        for (int i = 0; i < ChargeLine.AT_ONCE; i++) {
            assertThat(line.isBusy()).isFalse();
            assertThat(enter(END).isAlone()).isTrue();
        }
        assertThat(line.isBusy()).isTrue();
    }

    @Test
    void whoComesBesideAFew_goesWithTheNext() {
        fillUp();
        Member first = enter(END + 3);
        Member second = enter(END + 1);
        Member third = enter(END + 2);
        assertThat(first.isAlone()).isFalse();
        assertThat(List.of(first.isFirst(), second.isFirst(), third.isFirst())).containsExactly(true, false, false);
        Batch batch = line.leave(NOW);
        assertThat(batch).isNotNull().isSameAs(first.batch()).isSameAs(third.batch());
        assertThat(batch.size()).isEqualTo(3);
        assertThat(batch.until()).isEqualTo(END + 1);
        assertThat(List.of(first.number(), second.number(), third.number())).containsExactly(0, 1, 2);
        assertThat(enter(END).batch()).isNotSameAs(batch);
    }

    @Test
    void line_isOverWhenNobodyIsLeft() {
        fillUp();
        Member waiting = enter(END);
        assertThat(line.leave(NOW)).isSameAs(waiting.batch());
        for (int i = 1; i <= ChargeLine.AT_ONCE; i++) {
            assertThat(line.isOver()).isFalse();
            assertThat(line.leave(NOW)).isNull();
        }
        assertThat(line.isOver()).isTrue();
        assertThat(line.enter(END, NOW, 0)).isNull();
    }

    @Test
    void batch_thatIsFull_goesWithoutWaiting() {
        fillUp();
        List<Member> members = new ArrayList<>();
        for (int i = 1; i <= ChargeLine.LARGEST; i++) {
            members.add(enter(END));
            assertThat(members.get(i - 1).isLast()).isEqualTo(i == ChargeLine.LARGEST);
        }
        assertThat(members.get(0).batch().size()).isEqualTo(ChargeLine.LARGEST);
        Member next = enter(END);
        assertThat(next.isFirst()).isTrue();
        assertThat(line.leave(NOW))
                .as("the full one took no turn from it, but is under way")
                .isNull();
        assertThat(line.leave(NOW)).isSameAs(next.batch());
    }

    @Test
    void whoWithdraws_isNotAskedAbout() {
        fillUp();
        Member first = enter(END);
        Member second = enter(NOW + 1);
        Member third = enter(END + 1);
        assertThat(line.withdraw(first)).isTrue();
        Batch batch = line.leave(NOW + 1);
        assertThat(batch).isNotNull();
        assertThat(batch.size()).isOne();
        assertThat(batch.until()).isEqualTo(END + 1);
        assertThat(List.of(first.isLeftOut(), second.isLeftOut(), third.isLeftOut()))
                .containsExactly(true, true, false);
        assertThat(third.number()).isZero();
        assertThat(line.withdraw(third)).isFalse();
        assertThat(third.isLeftOut()).isFalse();
    }

    @Test
    void batch_thatHasWaitedInVain_endsTheLine() {
        fillUp();
        Member first = enter(END);
        assertThat(line.giveUp(first.batch(), NOW)).isTrue();
        assertThat(line.giveUp(first.batch(), NOW)).isFalse();
        assertThat(first.batch().size()).isOne();
        assertThat(line.enter(END, NOW, 0)).isNull();
        assertThat(line.leave(NOW)).isNull();
    }

    @Test
    void whoHasLittleTimeLeft_joinsNoBatch() {
        fillUp();
        Member late = line.enter(END, NOW, END - NOW + 1);
        assertThat(late).isNotNull();
        assertThat(late.isApart()).isTrue();
        assertThat(late.isAlone()).isFalse();
        Member waiting = line.enter(END, NOW, END - NOW);
        assertThat(waiting).isNotNull();
        assertThat(waiting.isApart()).isFalse();
        assertThat(line.leave(NOW)).isSameAs(waiting.batch());
        assertThat(waiting.batch().size()).isEqualTo(1);
    }
}
