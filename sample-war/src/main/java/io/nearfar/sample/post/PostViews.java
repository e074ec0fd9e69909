package io.nearfar.sample.post;

import io.nearfar.sample.place.CitySearch;
import io.nearfar.sample.place.CitySummary;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes posts ready for the pages. */
@ApplicationScoped
public class PostViews {
    @Inject
    CitySearch search;

    List<PostView> of(List<Post> posts) {
        Map<Long, String> names = search
                .summaries(posts.stream().map(Post::city).distinct().toList())
                .stream()
                .collect(Collectors.toMap(CitySummary::id, CitySummary::name));
        return posts.stream()
                .map(post -> view(post, names.getOrDefault(post.city(), "an unknown place")))
                .toList();
    }

    private static PostView view(Post post, String city) {
        return new PostView(post.id(), post.city(), city, post.person(), post.text(), post.written());
    }
}
