package io.nearfar.fault.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.fault.history.Role;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever becomes of what a node was told in an outage, its own node is not to go back behind it. */
class NotesTest {
    private static final Bounds OPEN = Bounds.open(List.of(Story.span(15, 40)));

    private static Set<Invariant> violated(Story story, Bounds bounds) {
        return new Checker(bounds).check(story.history()).findings().violated();
    }

    private static Story cleared() {
        return new Story(Role.TAGGED).put(1, 1, 10).notedClear(0, 20);
    }

    private static Story put() {
        return new Story().put(1, 1, 10).noted(0, 2, 20);
    }

    @Test
    void whatCameBefore_isNotReadByItsNode() {
        assertThat(violated(cleared().get(0, 1, 30), OPEN)).contains(Invariant.I9);
        assertThat(violated(cleared().get(0, 1, 3_000), OPEN)).contains(Invariant.I9);
        assertThat(violated(put().get(0, 1, 30), OPEN)).contains(Invariant.I3);
    }

    @Test
    void finding_namesReadAndChangeAndWrite() {
        Findings findings =
                new Checker(OPEN).check(cleared().get(0, 1, 300).history()).findings();
        assertThat(findings.of(Invariant.I9).get(0).tell(0))
                .contains("told in an outage", "GET tagged/k = 1", "CLEAR tagged/*", "PUT tagged/k 1");
    }

    @Test
    void whatATagEndedInAnOutage_isNotReadByItsNode() {
        Story invalidated = new Story(Role.TAGGED).put(1, 1, 10).notedInvalidateLike(0, 3, 20);
        assertThat(violated(invalidated.get(0, 1, 3_000), OPEN)).contains(Invariant.I9);
        Story other = new Story(Role.TAGGED).put(1, 1, 10).notedInvalidateLike(0, 2, 20);
        assertThat(violated(other.get(0, 1, 3_000), OPEN)).isEmpty();
    }

    @Test
    void whatAPatternEndedInAnOutage_isNotReadByItsNode() {
        Story invalidated = new Story(Role.PATTERNED).put(1, 1, 10).notedInvalidate(0, 20);
        assertThat(violated(invalidated.get(0, 1, 3_000), OPEN)).contains(Invariant.I9);
        Story afterwards = new Story(Role.PATTERNED).notedInvalidate(0, 20).put(1, 1, 22);
        assertThat(violated(afterwards.get(0, 1, 3_000), OPEN)).isEmpty();
    }

    @Test
    void whatCameLater_orIsReadByOthers_isNot() {
        assertThat(violated(cleared().get(1, 1, 300), OPEN)).isEmpty();
        assertThat(violated(cleared().get(0, 1, 15, 25), OPEN)).isEmpty();
        assertThat(violated(cleared().put(1, 2, 20).get(0, 2, 300), OPEN)).isEmpty();
        assertThat(violated(put().put(1, 3, 25).get(0, 3, 3_000), OPEN)).isEmpty();
    }

    /** Something else was in trouble meanwhile; the change itself may have been refused. */
    @Test
    void cacheThatThrows_notesNothing() {
        Bounds closed = Bounds.closed(List.of(Story.span(15, 40)));
        assertThat(violated(put().get(0, 1, 30), closed)).isEmpty();
    }
}
