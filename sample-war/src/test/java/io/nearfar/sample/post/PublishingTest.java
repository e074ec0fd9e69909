package io.nearfar.sample.post;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.sample.data.GazetteerExtension;
import io.nearfar.sample.people.PeopleFixture;
import io.nearfar.sample.place.SearchFixture;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PublishingTest {
    private static final long BERLIN = 2950159;
    private static final long NOON = Instant.parse("2025-11-21T12:00:00Z").toEpochMilli();

    @RegisterExtension
    static final GazetteerExtension GAZETTEER = new GazetteerExtension();

    private final Posts posts = new Posts();
    private final Feed feed = new Feed();
    private final Inboxes inboxes = new Inboxes();

    @BeforeEach
    @SuppressWarnings("UnnecessaryAssignment") // No container is here to do it.
    void wire() {
        PostViews views = new PostViews();
        views.search = SearchFixture.on(GAZETTEER.entities());
        posts.entities = GAZETTEER.entities();
        posts.views = views;
        posts.favourites = PeopleFixture.favourites(GAZETTEER.entities());
        posts.clock = Clock.fixed(Instant.ofEpochMilli(NOON), ZoneOffset.UTC);
        feed.entities = GAZETTEER.entities();
        feed.favourites = posts.favourites;
        feed.views = views;
        inboxes.entities = GAZETTEER.entities();
        inboxes.views = views;
    }

    @Test
    void write_post_isTheCitysNewest() {
        posts.write(BERLIN, "ben", "  Fog over the canal. ");
        assertThat(posts.about(BERLIN)).first().satisfies(post -> {
            assertThat(post.text()).isEqualTo("Fog over the canal.");
            assertThat(post.city()).isEqualTo("Berlin");
            assertThat(post.person()).isEqualTo("ben");
            assertThat(post.written()).isEqualTo(NOON);
        });
    }

    @Test
    void write_post_tellsTheOthersWhoKeepTheCity() {
        long before = inboxes.of("chen").unseen();
        assertThat(posts.write(BERLIN, "ben", "Fog.")).containsExactly("chen");
        assertThat(inboxes.of("chen").unseen()).isEqualTo(before + 1);
        assertThat(inboxes.of("chen").notices())
                .first()
                .extracting(notice -> notice.post().text(), Notice::seen)
                .containsExactly("Fog.", false);
    }

    @Test
    void seen_allNotifications_areSeen() {
        assertThat(inboxes.of("ada").unseen()).isPositive();
        inboxes.seen("ada");
        GAZETTEER.entities().clear();
        assertThat(inboxes.of("ada").unseen()).isZero();
        assertThat(inboxes.of("ada").notices()).isNotEmpty().allMatch(Notice::seen);
    }

    @Test
    void of_feed_holdsOwnCitiesNewestFirst() {
        posts.write(BERLIN, "ben", "Fog.");
        assertThat(feed.of("chen")).first().extracting(PostView::text).isEqualTo("Fog.");
        assertThat(feed.of("ada")).isNotEmpty().noneMatch(post -> post.cityId() == BERLIN);
        assertThat(feed.of("nobody")).isEmpty();
    }
}
