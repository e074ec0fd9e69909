package io.nearfar.fault.node;

import io.nearfar.CacheFigures;
import io.nearfar.NearfarCache;
import io.nearfar.fault.history.Role;
import java.lang.reflect.Proxy;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import javax.cache.Cache;
import org.redisson.Redisson;
import org.redisson.api.RLocalCachedMap;
import org.redisson.api.RedissonClient;
import org.redisson.api.options.LocalCachedMapOptions;
import org.redisson.config.Config;

/**
 * Redisson's near cache with its defaults, in the clothes of a cache: a peer that is known to keep old values, so that
 * the checker can be seen to notice. It can be read and written, and no more.
 */
final class LocalCachedMaps implements Caches {
    private static final CacheFigures NO_FIGURES =
            new CacheFigures(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private final RedissonClient client;
    private final String prefix;
    private final Map<Role, Cache<String, Number>> maps = new EnumMap<>(Role.class);

    LocalCachedMaps(Properties settings) {
        Config config = new Config();
        config.useSingleServer().setAddress(settings.getProperty("nearfar.address"));
        this.client = Redisson.create(config);
        this.prefix = settings.getProperty("nearfar.prefix");
    }

    @Override
    public synchronized Cache<String, Number> get(Role role) {
        return maps.computeIfAbsent(
                role,
                each -> dressed(client.getLocalCachedMap(LocalCachedMapOptions.name(prefix + ":" + each.cache()))));
    }

    @SuppressWarnings("unchecked")
    private static Cache<String, Number> dressed(RLocalCachedMap<String, Number> map) {
        return (Cache<String, Number>) Proxy.newProxyInstance(
                NearfarCache.class.getClassLoader(),
                new Class<?>[] {NearfarCache.class},
                (cache, method, arguments) -> switch (method.getName()) {
                    case "get" -> map.get(arguments[0]);
                    case "put" -> {
                        map.fastPut((String) arguments[0], (Number) arguments[1]);
                        yield null;
                    }
                    case "putAll" -> {
                        map.putAll((Map<String, Number>) arguments[0]);
                        yield null;
                    }
                    case "unwrap" -> cache;
                    case "figures" -> NO_FIGURES;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
