package io.nearfar.far;

import io.nearfar.invalidation.Invalidation;
import java.util.List;
import java.util.Locale;

/**
 * What a message of the far tier says to a visitor.
 *
 * @param kind {@code entries}, {@code clear}, {@code tags} or {@code pattern}
 * @param cache what it is about
 * @param names the texts of the keys that changed, or the tags, or the patterns; none for a clear
 * @param partition where it happened
 * @param stamp of the write, microseconds of the server's clock
 */
public record FarNews(String kind, CacheVersion cache, List<String> names, int partition, long stamp) {
    static FarNews of(Invalidation message) {
        return new FarNews(
                message.kind().name().toLowerCase(Locale.ROOT),
                CacheVersion.of(message.cache()),
                message.names(),
                message.partition(),
                message.version().stamp());
    }
}
