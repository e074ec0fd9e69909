package io.nearfar.jcache;

import io.nearfar.InvalidationPace;
import io.nearfar.NearfarCache;
import io.nearfar.PatternInvalidation;
import io.nearfar.config.Namespaces;
import io.nearfar.entry.Ending;
import io.nearfar.entry.EntryStore;
import io.nearfar.observe.CacheSignals;
import io.nearfar.observe.CacheSignals.Bulk;
import io.nearfar.tier.KeyPatterns;
import java.util.Collection;
import java.util.Set;

/** What a cache does when tags, patterns or prefixes are invalidated: it checks what callers hand in, and passes on. */
abstract class EndingCache<K, V> implements NearfarCache<K, V> {
    abstract void mustBeOpen();

    abstract TypeGuard<K, V> guard();

    abstract EntryStore<K, V> store();

    abstract Patterns patterns();

    abstract Namespaces namespaces();

    abstract CacheSignals signals();

    @Override
    public void invalidateTags(Collection<String> tags) {
        end(tags, Ending.HARD);
    }

    @Override
    public void expireTags(Collection<String> tags) {
        end(tags, Ending.SOFT);
    }

    private void end(Collection<String> tags, Ending ending) {
        mustBeOpen();
        guard().tags(tags);
        if (!tags.isEmpty()) {
            store().invalidateTags(Set.copyOf(tags), ending);
            signals().invalidatedInBulk(Bulk.TAGS);
        }
    }

    @Override
    public long invalidatePattern(String pattern) {
        return end(pattern, Ending.HARD);
    }

    @Override
    public long expirePattern(String pattern) {
        return end(pattern, Ending.SOFT);
    }

    private long end(String pattern, Ending ending) {
        mustBeOpen();
        guard().pattern(pattern);
        return counted(patterns().invalidate(pattern, ending), Bulk.PATTERN).removed();
    }

    @Override
    public long invalidatePrefix(String prefix) {
        return endPrefix(prefix, Ending.HARD);
    }

    @Override
    public long expirePrefix(String prefix) {
        return endPrefix(prefix, Ending.SOFT);
    }

    private long endPrefix(String prefix, Ending ending) {
        mustBeOpen();
        guard().pattern(prefix);
        String namespace = namespaces().tag(prefix);
        if (namespace != null) {
            store().invalidateTags(Set.of(namespace), ending);
            signals().invalidatedInBulk(Bulk.TAGS);
            return 0;
        }
        return counted(patterns().invalidate(KeyPatterns.ofPrefix(prefix), ending), Bulk.PATTERN)
                .removed();
    }

    @Override
    public PatternInvalidation startInvalidatingPattern(String pattern, InvalidationPace pace) {
        return start(pattern, Ending.HARD, pace);
    }

    @Override
    public PatternInvalidation startExpiringPattern(String pattern, InvalidationPace pace) {
        return start(pattern, Ending.SOFT, pace);
    }

    private PatternInvalidation start(String pattern, Ending ending, InvalidationPace pace) {
        mustBeOpen();
        guard().pattern(pattern);
        guard().pace(pace);
        return counted(patterns().start(pattern, ending, pace), Bulk.PATTERN);
    }

    @Override
    public PatternInvalidation startInvalidatingPrefix(String prefix, InvalidationPace pace) {
        return startPrefix(prefix, Ending.HARD, pace);
    }

    @Override
    public PatternInvalidation startExpiringPrefix(String prefix, InvalidationPace pace) {
        return startPrefix(prefix, Ending.SOFT, pace);
    }

    private PatternInvalidation startPrefix(String prefix, Ending ending, InvalidationPace pace) {
        mustBeOpen();
        guard().pattern(prefix);
        guard().pace(pace);
        String namespace = namespaces().tag(prefix);
        return namespace == null
                ? counted(patterns().start(KeyPatterns.ofPrefix(prefix), ending, pace), Bulk.PATTERN)
                : counted(patterns().startTag(KeyPatterns.ofPrefix(prefix), namespace, ending), Bulk.TAGS);
    }

    /** Counts what is done, or goes on in the background, when it has ended without a failure. */
    @SuppressWarnings("FutureReturnValueIgnored") // a failure is for whoever has begun it
    private PatternInvalidation counted(PatternInvalidation begun, Bulk what) {
        begun.done().thenRun(() -> signals().invalidatedInBulk(what));
        return begun;
    }
}
