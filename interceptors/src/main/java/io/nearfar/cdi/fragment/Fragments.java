package io.nearfar.cdi.fragment;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps parts of pages, near and far, so that they are rendered once for all who may see them:
 *
 * <pre>{@code
 * @Inject
 * Fragments fragments;
 *
 * String html = fragments.get("sidebar", city.id(), FragmentOptions.NONE.withTags("city:" + city.id()), () -> render(city));
 * }</pre>
 *
 * <p>The bean is {@code @ApplicationScoped} and is named {@code nearfarFragments} in the Expression Language. Its cache is named
 * {@value #CACHE}; {@code nearfar.cache.fragments.ttl} and all other settings of caches hold for it, and rules by key see {@code
 * name:key}. Of all who miss the same fragment at the same time one renders it, in the process and over the nodes; what was begun
 * before an invalidation is shown to no later request.
 *
 * <p>A cache that fails never fails the page: the fragment is rendered. One line says so ({@code NF0801}), and one when the cache
 * works again ({@code NF0802}). Safe for use by several threads.
 */
public interface Fragments {
    /** The name of the cache. */
    String CACHE = "fragments";

    /**
     * Returns the fragment of that name, of which there is one for all.
     *
     * @param name what it is, such as {@code footer}
     * @param render makes it, in the calling thread
     * @return what {@code render} has returned, to this or an earlier call; null only if it has returned null to this one, which is
     *     not kept
     * @throws NullPointerException if an argument is null
     * @throws X what {@code render} throws; unless there is a fragment in its grace, which is returned
     * @throws io.nearfar.RateLimitExceededException if the cache has a limit of loads, and there is no room
     */
    default <X extends Exception> @Nullable String get(String name, Render<X> render) throws X {
        return get(name, null, FragmentOptions.NONE, render);
    }

    /**
     * Returns the fragment of that name and key; otherwise as {@link #get(String, Render)}.
     *
     * @param key what it shows: a text, a number, an enum, or what else can be part of a key; null for nothing in particular
     */
    default <X extends Exception> @Nullable String get(String name, @Nullable Object key, Render<X> render) throws X {
        return get(name, key, FragmentOptions.NONE, render);
    }

    /**
     * Returns the fragment of that name and key; otherwise as {@link #get(String, Render)}.
     *
     * @param key what it shows, or null
     * @param options how it is kept, and what else it depends on
     */
    <X extends Exception> @Nullable String get(
            String name, @Nullable Object key, FragmentOptions options, Render<X> render) throws X;

    /**
     * Ends all fragments of that name, on all nodes, also those that are being rendered.
     *
     * @throws NullPointerException if {@code name} is null
     * @throws javax.cache.CacheException as writes to a cache throw it
     */
    void invalidate(String name);

    /**
     * Ends all fragments that carry one of the tags, likewise.
     *
     * @throws NullPointerException if {@code tags} or one of them is null
     * @throws javax.cache.CacheException as writes to a cache throw it
     */
    void invalidateTags(Collection<String> tags);

    /** Ends all fragments that carry the tag; see {@link #invalidateTags}. */
    default void invalidateTag(String tag) {
        invalidateTags(List.of(tag));
    }
}
