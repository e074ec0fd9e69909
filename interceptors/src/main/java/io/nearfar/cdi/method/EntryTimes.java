package io.nearfar.cdi.method;

import io.nearfar.cdi.annotation.CacheTtl;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long the entries of a method live.
 *
 * @param timeToLive from their write, or null if the cache decides
 * @param near in near tiers, or null if the cache decides
 * @param grace after their time, or null if the cache decides
 */
public record EntryTimes(
        @Nullable Duration timeToLive,
        @Nullable Duration near,
        @Nullable Duration grace) {
    private static final EntryTimes NONE = new EntryTimes(null, null, null);

    /** Returns what a method says of them; adds what cannot be meant to {@code findings}. */
    static EntryTimes of(AnnotatedMethod<?> method, List<CacheOperation> operations, Findings findings) {
        CacheTtl annotation = method.getAnnotation(CacheTtl.class);
        if (annotation == null) {
            return NONE;
        }
        boolean stores = operations.contains(CacheOperation.RESULT) || operations.contains(CacheOperation.PUT);
        if (!stores) {
            findings.mistake(Texts.timesOfNothing(method.getJavaMember()));
        }
        Reader reader = new Reader(method, findings);
        return new EntryTimes(
                reader.length(annotation.value(), Duration.ofMillis(1)),
                reader.optional(annotation.near()),
                reader.optional(annotation.grace()));
    }

    /** Reads the lengths of one annotation. */
    private record Reader(AnnotatedMethod<?> method, Findings findings) {
        @Nullable
        Duration optional(String text) {
            return text.isEmpty() ? null : length(text, Duration.ZERO);
        }

        @Nullable
        Duration length(String text, Duration least) {
            try {
                Duration length = DurationText.parse(text);
                if (length.compareTo(least) >= 0) {
                    return length;
                }
                findings.mistake(
                        Texts.badTime(method.getJavaMember(), "\"" + text + "\" is too short. Write 1ms or more"));
            } catch (IllegalArgumentException | ArithmeticException e) {
                findings.mistake(Texts.badTime(method.getJavaMember(), String.valueOf(e.getMessage())));
            }
            return null;
        }
    }
}
