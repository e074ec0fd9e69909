package io.nearfar.sample.web;

import io.nearfar.sample.origin.Answer;
import io.nearfar.sample.origin.Answers;
import io.nearfar.sample.place.Cities;
import io.nearfar.sample.post.NewPost;
import io.nearfar.sample.post.PostView;
import io.nearfar.sample.post.Posts;
import io.nearfar.sample.post.Publisher;
import io.nearfar.sample.signin.Visitor;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The posts about a city. */
@RequestScoped
@Path("cities/{id}/posts")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class PostResource {
    @Inject
    Answers answers;

    @Inject
    Cities cities;

    @Inject
    Posts posts;

    @Inject
    Publisher publisher;

    @Inject
    Visitor visitor;

    @GET
    public Answer<List<PostView>> posts(@PathParam("id") long city) {
        return answers.of("posts", () -> posts.about(city));
    }

    @POST
    public Answer<List<PostView>> write(@PathParam("id") long city, @NotNull @Valid NewPost post) {
        String person = visitor.person();
        if (cities.page(city) == null) {
            throw new NotFoundException("There is no city " + city + " in this gazetteer.");
        }
        publisher.publish(city, person, post.text());
        return posts(city);
    }
}
