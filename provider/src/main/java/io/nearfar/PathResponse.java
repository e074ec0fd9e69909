package io.nearfar;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Responses that are kept because the path of their request matches a pattern, as {@code nearfar.response.<name>} says. Immutable.
 *
 * @param name their name in the settings
 * @param paths patterns as servlets have them: {@code /about}, {@code /pages/*}, {@code *.css}, and for all <code>/*</code>
 * @param cacheName the cache that keeps them
 * @param timeToLive how long they are kept, or null if the settings of the cache decide
 * @param maxAge how long clients may keep them without asking, from zero, which is each time; null for {@code timeToLive}, and if
 *     that is null for each time
 * @param grace how long they are kept after their time for requests that fail, or null if the settings of the cache decide
 * @param vary names of request headers by which they differ
 * @param parameters names of the parameters of the query by which they differ; {@code *} alone is the whole query
 * @param keyPrefix what their keys begin with; if empty, the path
 * @param tags their tags, in which <code>{path}</code> stands for the path within the application
 * @param sharing who may get them
 * @param fallback the path that answers when neither the cache nor what the request asks for does, or null
 */
public record PathResponse(
        String name,
        List<String> paths,
        String cacheName,
        @Nullable Duration timeToLive,
        @Nullable Duration maxAge,
        @Nullable Duration grace,
        List<String> vary,
        List<String> parameters,
        String keyPrefix,
        List<String> tags,
        Sharing sharing,
        @Nullable String fallback) {

    /**
     * Who may get kept responses, and which are kept.
     *
     * @param privateToPrincipal whether each person has responses of their own; requests of nobody go past the cache
     * @param evenWithAuthorization whether requests that carry {@code Authorization}, have a principal or belong to a session share
     *     the responses of all others; if not, they go past the cache
     * @param evenWithCookies whether responses that set cookies are kept, without those cookies
     */
    public record Sharing(boolean privateToPrincipal, boolean evenWithAuthorization, boolean evenWithCookies) {}

    /**
     * Creates one.
     *
     * @throws NullPointerException if a component is null that may not be
     */
    public PathResponse {
        Objects.requireNonNull(name, "The name of responses is null");
        Objects.requireNonNull(cacheName, "The name of a cache is null");
        Objects.requireNonNull(keyPrefix, "What keys begin with is null");
        Objects.requireNonNull(sharing, "Who may get responses is null");
        paths = List.copyOf(paths);
        vary = List.copyOf(vary);
        parameters = List.copyOf(parameters);
        tags = List.copyOf(tags);
    }

    /**
     * Returns how closely its patterns name a path: a whole path most, then an ending, then the longest beginning.
     *
     * @param path within the application, decoded, such as {@code /pages/7}
     * @return a number above 0, or 0 if no pattern matches
     */
    public int closeness(String path) {
        return paths.stream()
                .filter(pattern -> PathPattern.matches(pattern, path))
                .mapToInt(PathPattern::closeness)
                .max()
                .orElse(0);
    }
}
