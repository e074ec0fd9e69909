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
        signals().invalidatedInBulk(Bulk.PATTERN);
        return patterns().invalidate(pattern, ending).removed();
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
        signals().invalidatedInBulk(namespace == null ? Bulk.PATTERN : Bulk.TAGS);
        if (namespace != null) {
            store().invalidateTags(Set.of(namespace), ending);
            return 0;
        }
        return patterns().invalidate(KeyPatterns.ofPrefix(prefix), ending).removed();
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
        signals().invalidatedInBulk(Bulk.PATTERN);
        return patterns().start(pattern, ending, pace);
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
        signals().invalidatedInBulk(namespace == null ? Bulk.PATTERN : Bulk.TAGS);
        return namespace == null
                ? patterns().start(KeyPatterns.ofPrefix(prefix), ending, pace)
                : patterns().startTag(KeyPatterns.ofPrefix(prefix), namespace, ending);
    }
}
