package io.nearfar.cdi.cache;

import io.nearfar.NearfarCache;
import io.nearfar.cdi.method.PatternTexts;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What an {@code @InvalidatePattern} does: ends what matches patterns that are made of the call. */
final class PatternChange implements Change {
    /** What can be read of a key is not longer. */
    private static final int LONGEST_PREFIX = 200;

    /** A longer pattern has values in it that are longer than what can be read of a key. */
    private static final int LONGEST_PATTERN = PatternTexts.LONGEST;

    private final CacheChoice caches;
    private final TagWriter patterns;
    private final TagWriter prefixes;
    private final boolean soft;

    PatternChange(CacheChoice caches, PatternTexts texts, boolean soft) {
        this.caches = caches;
        this.patterns = new TagWriter(texts.patterns(), value -> PatternTexts.escaped(PatternTexts.read(value)));
        this.prefixes = new TagWriter(texts.prefixes(), PatternTexts::read);
        this.soft = soft;
    }

    /** What of it cannot be told, or means nothing, may have meant any entry. */
    @Override
    public void apply(Invocation call, @Nullable Object result) {
        CacheTarget target = caches.of(call);
        Set<String> allPatterns;
        Set<String> allPrefixes;
        try {
            target.tagging();
            allPatterns = patterns.tags(call, result);
            allPrefixes = prefixes.tags(call, result);
        } catch (RuntimeException e) {
            target.cache().clear();
            throw e;
        }
        NearfarCache<?, ?> cache = target.tagging();
        RuntimeException failure =
                end(allPatterns, LONGEST_PATTERN, soft ? cache::expirePattern : cache::invalidatePattern, cache, null);
        failure =
                end(allPrefixes, LONGEST_PREFIX, soft ? cache::expirePrefix : cache::invalidatePrefix, cache, failure);
        if (failure != null) {
            throw failure;
        }
    }

    /** Ends what matches each text, also where that of another cannot be ended; returns the failure of any, or of before, or null. */
    private static @Nullable RuntimeException end(
            Set<String> texts,
            int longest,
            Consumer<String> ending,
            NearfarCache<?, ?> cache,
            @Nullable RuntimeException before) {
        RuntimeException failure = before;
        for (String text : texts) {
            if (isPossible(text, longest)) {
                failure = Refusals.attempted(failure, () -> end(text, ending, cache));
            }
        }
        return failure;
    }

    private static void end(String text, Consumer<String> ending, NearfarCache<?, ?> cache) {
        try {
            ending.accept(text);
        } catch (IllegalArgumentException e) {
            cache.clear();
            throw e;
        }
    }

    /** An empty prefix would mean all keys, which nobody means who gives an empty value. */
    private static boolean isPossible(String text, int longest) {
        return !text.isEmpty()
                && text.length() <= longest
                && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}
