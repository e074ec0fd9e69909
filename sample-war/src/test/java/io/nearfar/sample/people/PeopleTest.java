package io.nearfar.sample.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.sample.data.GazetteerExtension;
import io.nearfar.sample.place.CitySummary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PeopleTest {
    private static final long BERLIN = 2950159;

    @RegisterExtension
    static final GazetteerExtension GAZETTEER = new GazetteerExtension();

    private final Profiles profiles = new Profiles();
    private final PreferenceBook preferences = new PreferenceBook();
    private Favourites favourites;

    @BeforeEach
    @SuppressWarnings("UnnecessaryAssignment") // No container is here to do it.
    void wire() {
        profiles.entities = GAZETTEER.entities();
        preferences.entities = GAZETTEER.entities();
        favourites = PeopleFixture.favourites(GAZETTEER.entities());
    }

    @Test
    void profile_known_countsThePosts() {
        assertThat(profiles.profile("ada")).satisfies(ada -> {
            assertThat(ada.roles()).containsExactlyInAnyOrder("editor", "admin");
            assertThat(ada.posts()).isEqualTo(2);
        });
        assertThat(profiles.profile("nobody")).isNull();
    }

    @Test
    void change_profile_isRead() {
        profiles.change("ben", new ProfileEdit(" Benjamin ", ""));
        assertThat(profiles.profile("ben"))
                .extracting(Profile::name, Profile::about)
                .containsExactly("Benjamin", "");
    }

    @Test
    void keep_preferences_replaceTheDefaults() {
        assertThat(preferences.of("chen")).isEqualTo(new Preferences("km", "auto"));
        preferences.keep("chen", new Preferences("mi", "dark"));
        preferences.keep("chen", new Preferences("mi", "light"));
        assertThat(preferences.of("chen")).isEqualTo(new Preferences("mi", "light"));
    }

    @Test
    void add_twice_keepsOnce() {
        favourites.add("ada", BERLIN);
        favourites.add("ada", BERLIN);
        assertThat(favourites.of("ada"))
                .extracting(CitySummary::name)
                .contains("Berlin")
                .doesNotHaveDuplicates();
        assertThat(favourites.keepers(BERLIN)).contains("ada", "ben", "chen");
    }

    @Test
    void drop_favourite_isGone() {
        favourites.drop("ben", BERLIN);
        assertThat(favourites.of("ben"))
                .extracting(CitySummary::name)
                .isNotEmpty()
                .doesNotContain("Berlin");
        assertThat(favourites.of("nobody")).isEmpty();
    }
}
