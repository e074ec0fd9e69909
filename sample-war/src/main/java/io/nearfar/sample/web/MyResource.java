package io.nearfar.sample.web;

import io.nearfar.sample.origin.Answer;
import io.nearfar.sample.origin.Answers;
import io.nearfar.sample.people.Favourites;
import io.nearfar.sample.people.PreferenceBook;
import io.nearfar.sample.people.Preferences;
import io.nearfar.sample.people.Profile;
import io.nearfar.sample.people.ProfileEdit;
import io.nearfar.sample.people.Profiles;
import io.nearfar.sample.place.CitySummary;
import io.nearfar.sample.post.Feed;
import io.nearfar.sample.post.Inbox;
import io.nearfar.sample.post.Inboxes;
import io.nearfar.sample.post.PostView;
import io.nearfar.sample.signin.Visitor;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** All that belongs to the signed-in person. */
@RequestScoped
@Path("me")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class MyResource {
    @Inject
    Answers answers;

    @Inject
    Visitor visitor;

    @Inject
    Profiles profiles;

    @Inject
    PreferenceBook preferences;

    @Inject
    Favourites favourites;

    @Inject
    Feed feed;

    @Inject
    Inboxes inboxes;

    @PUT
    @Path("profile")
    public Answer<Profile> changeProfile(@NotNull @Valid ProfileEdit edit) {
        String person = visitor.person();
        profiles.change(person, edit);
        return answers.of("profile", () -> profiles.profile(person));
    }

    @GET
    @Path("preferences")
    public Answer<Preferences> preferences() {
        String person = visitor.person();
        return answers.of("preferences", () -> preferences.of(person));
    }

    @PUT
    @Path("preferences")
    public Answer<Preferences> keepPreferences(@NotNull @Valid Preferences wanted) {
        String person = visitor.person();
        preferences.keep(person, wanted);
        return answers.of("preferences", () -> preferences.of(person));
    }

    @GET
    @Path("favourites")
    public Answer<List<CitySummary>> favourites() {
        String person = visitor.person();
        return answers.of("favourites", () -> favourites.of(person));
    }

    @PUT
    @Path("favourites/{city}")
    public Answer<List<CitySummary>> addFavourite(@PathParam("city") long city) {
        favourites.add(visitor.person(), city);
        feed.forget();
        return favourites();
    }

    @DELETE
    @Path("favourites/{city}")
    public Answer<List<CitySummary>> dropFavourite(@PathParam("city") long city) {
        favourites.drop(visitor.person(), city);
        feed.forget();
        return favourites();
    }

    @GET
    @Path("feed")
    public Answer<List<PostView>> feed() {
        String person = visitor.person();
        return answers.of("feed", () -> feed.of(person));
    }

    @GET
    @Path("notifications")
    public Answer<Inbox> notifications() {
        String person = visitor.person();
        return answers.of("notifications", () -> inboxes.of(person));
    }

    /** Marks all notifications as seen. */
    @PUT
    @Path("notifications/seen")
    public Answer<Inbox> seen() {
        inboxes.seen(visitor.person());
        return notifications();
    }
}
