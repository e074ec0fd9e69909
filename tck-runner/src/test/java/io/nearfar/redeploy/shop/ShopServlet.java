package io.nearfar.redeploy.shop;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CompletionListenerFuture;

/**
 * Caches in every way that leaves something in the process: declared types of the application's own and others, a loader,
 * listeners in the calling thread and in others, statistics, and the codec that is no part of the JDK. Never closes anything.
 */
public final class ShopServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private transient Cache<ItemKey, Item> items;
    private transient Cache<Object, Object> words;
    private transient Cache<ItemKey, Item> stock;

    @Override
    public void init() {
        CacheManager manager = Caching.getCachingProvider().getCacheManager();
        items = manager.createCache("items", items());
        words = manager.createCache(
                "words", new MutableConfiguration<>().setStatisticsEnabled(true).setManagementEnabled(true));
        stock = manager.createCache(
                "stock", new MutableConfiguration<ItemKey, Item>().setTypes(ItemKey.class, Item.class));
    }

    private static MutableConfiguration<ItemKey, Item> items() {
        return new MutableConfiguration<ItemKey, Item>()
                .setTypes(ItemKey.class, Item.class)
                .setReadThrough(true)
                .setCacheLoaderFactory(FactoryBuilder.factoryOf(ItemLoader.class))
                .addCacheEntryListenerConfiguration(listener(true))
                .addCacheEntryListenerConfiguration(listener(false))
                .setStatisticsEnabled(true)
                .setManagementEnabled(true);
    }

    private static MutableCacheEntryListenerConfiguration<ItemKey, Item> listener(boolean inTheCaller) {
        return new MutableCacheEntryListenerConfiguration<>(
                FactoryBuilder.factoryOf(ItemListener.class), null, false, inTheCaller);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().write(answer(request));
    }

    private String answer(HttpServletRequest request) {
        String word = request.getParameter("word");
        return switch (request.getServletPath()) {
            case "/put" -> {
                words.put(word, request.getParameter("meaning"));
                yield "put";
            }
            case "/get" -> String.valueOf(words.get(word));
            case "/find" -> Finder.find(Integer.parseInt(request.getParameter("number")));
            default -> work(Integer.parseInt(request.getParameter("number")));
        };
    }

    private String work(int number) {
        ItemKey key = new ItemKey(number);
        Item item = items.get(key);
        item.add("changed");
        items.put(key, item);
        items.invoke(key, (entry, arguments) -> {
            entry.setValue(entry.getValue());
            return entry.getKey();
        });
        CompletionListenerFuture loaded = new CompletionListenerFuture();
        items.loadAll(Set.of(new ItemKey(1_000 + number)), true, loaded);
        words.put(key, item);
        words.get(key);
        items.forEach(Cache.Entry::getValue);
        stock.put(key, item);
        stock.get(key).add("copied");
        stock.forEach(Cache.Entry::getValue);
        return "worked with " + items.get(key).labels().get(0);
    }
}
