package io.nearfar.sample.origin;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.Tier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrailTest {
    private final TrailObserver observer = new TrailObserver();

    @AfterEach
    void end() {
        Trail.end();
    }

    @Test
    void origin_followsTheReportsOfItsCache() {
        Trail trail = Trail.begin();
        observer.hit("city", Tier.NEAR, 10);
        observer.hit("nearby", Tier.FAR, 10);
        observer.miss("search", 10);
        assertThat(trail.origin("city")).isEqualTo(Origin.NEAR);
        assertThat(trail.origin("nearby")).isEqualTo(Origin.FAR);
        assertThat(trail.origin("search")).isEqualTo(Origin.DATABASE);
        assertThat(trail.origin("silent")).isEqualTo(Origin.DATABASE);
    }

    @Test
    void origin_firstReportCounts() {
        Trail trail = Trail.begin();
        observer.miss("city", 10);
        observer.hit("city", Tier.NEAR, 10);
        assertThat(trail.origin("city")).isEqualTo(Origin.DATABASE);
    }

    @Test
    void note_afterTheEnd_isDropped() {
        Trail trail = Trail.begin();
        Trail.end();
        observer.hit("city", Tier.NEAR, 10);
        assertThat(trail.origin("city")).isEqualTo(Origin.DATABASE);
    }
}
