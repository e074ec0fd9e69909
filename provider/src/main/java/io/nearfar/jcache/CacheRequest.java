package io.nearfar.jcache;

import java.lang.reflect.Type;
import java.util.Collection;
import javax.cache.configuration.CompleteConfiguration;

/**
 * What is asked for when a cache is created.
 *
 * @param cache its name
 * @param configuration its configuration, a copy
 * @param declaredInCode whether the application gave that configuration; if not, the template of the settings decides
 * @param trusted further types that it may decode
 */
public record CacheRequest<K, V>(
        String cache,
        CompleteConfiguration<K, V> configuration,
        boolean declaredInCode,
        Collection<? extends Type> trusted) {}
