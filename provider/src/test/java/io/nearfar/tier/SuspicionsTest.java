package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.tier.Suspicions.Look;
import io.nearfar.tier.Suspicions.Storing;
import org.junit.jupiter.api.Test;

/** Nobody stops to look into the table where there may be something. */
class SuspicionsTest {
    private long outages;
    private final Suspicions suspicions = new Suspicions(partition -> outages);

    private void settle() {
        suspicions.settled(suspicions.look(1));
        assertThat(suspicions.isSuspect(1)).isFalse();
    }

    @Test
    void beginning_andEveryOutage_areSuspect() {
        assertThat(suspicions.isSuspect(1)).isTrue();
        settle();
        assertThat(suspicions.isSuspect(2)).isTrue();
        outages++;
        assertThat(suspicions.isSuspect(1)).isTrue();
        settle();
    }

    /** Such numbers are below 0, as the marks of what this node stores are. */
    @Test
    void serverThatIsNotThere_isSuspect() {
        for (outages = -1; outages > -6; outages--) {
            assertThat(suspicions.isSuspect(1)).isTrue();
        }
    }

    /** The look has read the table before the row was there. */
    @Test
    void lookThatBeganBeforeSomethingWasStored_doesNotEndTheSuspicion() {
        settle();
        Look before = suspicions.look(1);
        Storing storing = suspicions.stores(1);
        Look between = suspicions.look(1);
        suspicions.stored(storing);
        suspicions.settled(before);
        suspicions.settled(between);
        assertThat(suspicions.isSuspect(1)).isTrue();
        assertThat(suspicions.look(1).isOwn()).isTrue();
        settle();
    }

    @Test
    void lookThatBeganBeforeSomethingMayHaveBeenStored_doesNotEndTheSuspicion() {
        settle();
        Storing first = suspicions.stores(1);
        suspicions.stored(first);
        Look before = suspicions.look(1);
        Storing storing = suspicions.stores(1);
        suspicions.notStored(storing);
        suspicions.settled(before);
        assertThat(suspicions.isSuspect(1)).isTrue();
        assertThat(suspicions.look(1).isOwn()).as("the first is").isTrue();
    }

    @Test
    void nothingStored_leavesNothingOwn() {
        settle();
        suspicions.notStored(suspicions.stores(1));
        assertThat(suspicions.isSuspect(1)).isTrue();
        assertThat(suspicions.look(1).isOwn()).isFalse();
    }

    @Test
    void lookThatBeganBeforeSomethingWasShown_doesNotEndTheSuspicion() {
        settle();
        Look before = suspicions.look(1);
        suspicions.shown(1);
        suspicions.settled(before);
        assertThat(suspicions.isSuspect(1)).isTrue();
    }

    @Test
    void lookWithoutServer_endsNothing() {
        outages = -1;
        suspicions.settled(suspicions.look(1));
        assertThat(suspicions.isSuspect(1)).isTrue();
    }
}
