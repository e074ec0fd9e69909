package io.nearfar.cdi.fragment;

import static java.util.Objects.requireNonNull;

import io.nearfar.ContextLoad;
import io.nearfar.EntryOptions;
import io.nearfar.LoadContext;
import io.nearfar.NearfarCache;
import io.nearfar.NearfarManager;
import io.nearfar.RateLimitExceededException;
import io.nearfar.cdi.cache.FailureLog;
import io.nearfar.cdi.cache.GeneratedKey;
import io.nearfar.cdi.request.RequestFacts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/** Fragments in a cache of the application's manager, opened by the first of them. Safe for use by several threads. */
public final class CachedFragments implements Fragments {
    /** How long a cache that cannot be opened is left alone. */
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(30);

    private final Supplier<? extends NearfarManager> managers;
    private final Supplier<? extends RequestFacts> facts;
    private final LongSupplier nanoTime;
    private final FailureLog log;
    private volatile @Nullable NearfarCache<Object, String> opened;
    private @Nullable Long failed;

    /**
     * Creates them; opens nothing yet.
     *
     * @param managers returns a manager that is open
     * @param facts returns what is known of the request in which the calling thread is
     * @param nanoTime returns nanoseconds of a clock that never goes back
     */
    public CachedFragments(
            Supplier<? extends NearfarManager> managers,
            Supplier<? extends RequestFacts> facts,
            LongSupplier nanoTime) {
        this.managers = managers;
        this.facts = facts;
        this.nanoTime = nanoTime;
        this.log = new FailureLog(CACHE, "fragments of pages", nanoTime);
    }

    @Override
    public <X extends Exception> @Nullable String get(
            String name, @Nullable Object key, FragmentOptions options, Render<X> render) throws X {
        requireNonNull(name, "The name of a fragment is null");
        requireNonNull(options, "The options of a fragment are null; FragmentOptions.NONE says nothing");
        requireNonNull(render, "What renders a fragment is null");
        String principal = options.isPrivate() ? facts.get().principal() : null;
        if (options.isPrivate() && principal == null) {
            return render.render();
        }
        Rendering<X> rendering = new Rendering<>(render, options.entry(tagOf(name)));
        try {
            String fragment = cache().getOrLoad(keyOf(name, key, options, principal), rendering);
            log.worked();
            return fragment;
        } catch (RateLimitExceededException e) {
            throw e; // to render it would be a way around the limit of loads
        } catch (Exception e) {
            return rendering.afterFailure(e, log);
        }
    }

    @Override
    public void invalidate(String name) {
        requireNonNull(name, "The name of a fragment is null");
        cache().invalidateTags(List.of(tagOf(name)));
    }

    @Override
    public void invalidateTags(Collection<String> tags) {
        cache().invalidateTags(List.copyOf(tags));
    }

    /** Opens the cache now, so that what is set wrong is known; see {@link NearfarManager#cacheFromTemplate}. */
    public void open() {
        cache();
    }

    private static String tagOf(String name) {
        return "fragment:" + name;
    }

    private static GeneratedKey keyOf(
            String name, @Nullable Object key, FragmentOptions options, @Nullable String principal) {
        List<@Nullable Object> parts = new ArrayList<>();
        parts.add(name);
        parts.add(key);
        parts.addAll(options.varying());
        parts.add(options.isPrivate() ? "private" : "shared"); // so that no value looks like a person
        if (options.isPrivate()) {
            parts.add(principal);
        }
        return GeneratedKey.of(parts.toArray());
    }

    private NearfarCache<Object, String> cache() {
        NearfarCache<Object, String> there = opened;
        return there == null || there.isClosed() ? openCache() : there;
    }

    private synchronized NearfarCache<Object, String> openCache() {
        NearfarCache<Object, String> there = opened;
        if (there != null && !there.isClosed()) {
            return there;
        }
        Long last = failed;
        if (last != null && nanoTime.getAsLong() - last < PAUSE) {
            throw new CacheException("The cache " + CACHE + " could not be opened a moment ago; it is tried again");
        }
        try {
            NearfarCache<Object, String> cache =
                    managers.get().cacheFromTemplate(CACHE, Object.class, String.class, Set.of(GeneratedKey.class));
            opened = cache;
            failed = null;
            return cache;
        } catch (RuntimeException e) {
            failed = nanoTime.getAsLong();
            throw e;
        }
    }

    /** One call's rendering, which knows whether it was it that failed. Used by the calling thread. */
    private static final class Rendering<X extends Exception> implements ContextLoad<String> {
        private final Render<X> render;
        private final EntryOptions options;
        private @Nullable Exception thrown;
        private @Nullable String fragment;
        private boolean isDone;

        Rendering(Render<X> render, EntryOptions options) {
            this.render = render;
            this.options = options;
        }

        @Override
        public @Nullable String load(LoadContext context) throws Exception {
            context.setOptions(options);
            try {
                fragment = render.render();
                isDone = true;
                return fragment;
            } catch (Exception e) {
                thrown = e;
                throw e;
            }
        }

        /** A fragment is rendered for its request, and at no other time. */
        @Override
        public boolean mayRunLater() {
            return false;
        }

        /** Returns the fragment all the same if it was not the rendering that has failed. */
        @Nullable
        String afterFailure(Exception failure, FailureLog log) throws X {
            if (thrown != null) {
                @SuppressWarnings("unchecked") // it throws nothing else that is checked
                X own = (X) thrown;
                throw own;
            }
            if (failure instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            } else {
                log.failed(failure);
            }
            return isDone ? fragment : render.render();
        }
    }
}
