package io.nearfar.redeploy.shop;

import java.util.HashMap;
import java.util.Map;
import javax.cache.integration.CacheLoader;

/** A loader of the application's own. */
public final class ItemLoader implements CacheLoader<ItemKey, Item> {
    @Override
    public Item load(ItemKey key) {
        return new Item("loaded " + key.number());
    }

    @Override
    public Map<ItemKey, Item> loadAll(Iterable<? extends ItemKey> keys) {
        Map<ItemKey, Item> loaded = new HashMap<>();
        keys.forEach(key -> loaded.put(key, load(key)));
        return loaded;
    }
}
