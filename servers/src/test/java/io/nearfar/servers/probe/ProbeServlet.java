package io.nearfar.servers.probe;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.ObjectStreamClass;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.Year;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CompletionListenerFuture;
import javax.cache.spi.CachingProvider;

/** Answers what it is asked by its path. */
public final class ProbeServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String PROVIDER = "io.nearfar.spi.NearfarCachingProvider";

    private static final List<Class<?>> OF_JDK =
            List.of(Duration.class, Instant.class, LocalDate.class, LocalTime.class, Period.class, Year.class);

    private final AtomicInteger described = new AtomicInteger();
    private transient CachingProvider provider;
    private transient Cache<WordKey, Word> words;
    private transient Cache<WordKey, Word> loaded;
    private transient Cache<Object, Object> untyped;

    @Override
    public void init() {
        // Named, since a server may bring a provider of its own
        provider = Caching.getCachingProvider(PROVIDER);
        CacheManager manager = provider.getCacheManager();
        words = manager.createCache("words", words(false));
        loaded = manager.createCache("loaded", words(true));
        untyped = manager.createCache("untyped", new MutableConfiguration<>());
    }

    private static MutableConfiguration<WordKey, Word> words(boolean readThrough) {
        MutableConfiguration<WordKey, Word> words = new MutableConfiguration<WordKey, Word>()
                .setTypes(WordKey.class, Word.class)
                .setStatisticsEnabled(true)
                .setManagementEnabled(true)
                .addCacheEntryListenerConfiguration(listener(true))
                .addCacheEntryListenerConfiguration(listener(false));
        return readThrough
                ? words.setReadThrough(true).setCacheLoaderFactory(FactoryBuilder.factoryOf(WordLoader.class))
                : words;
    }

    private static MutableCacheEntryListenerConfiguration<WordKey, Word> listener(boolean inTheCaller) {
        return new MutableCacheEntryListenerConfiguration<>(
                FactoryBuilder.factoryOf(WordListener.class), null, false, inTheCaller);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.getWriter().write(answer(request));
    }

    private String answer(HttpServletRequest request) {
        WordKey key = new WordKey(request.getParameter("word"));
        String meaning = request.getParameter("meaning");
        return switch (request.getPathInfo()) {
            case "/round" -> Deployment.HERE.round();
            case "/provider" -> provider();
            case "/put" -> {
                words.put(key, new Word(meaning));
                yield meaning;
            }
            case "/get" -> shown(words.get(key));
            case "/load" -> shown(loaded.get(key));
            case "/rename" -> shown(words.invoke(key, new Renaming(), meaning));
            case "/untyped" -> shown((Word) untyped.get(key.word()));
            case "/look-up" -> shown(Dictionary.here().lookUp(key.word()));
            case "/lookups" -> String.valueOf(Dictionary.here().lookups());
            case "/describe" -> describe();
            case "/take-out" -> String.valueOf(GlassFishListeners.takeOut());
            default -> work(key);
        };
    }

    private String provider() {
        boolean own = provider.getClass().getClassLoader() == ProbeServlet.class.getClassLoader();
        return provider.getClass().getName() + " of the " + (own ? "application" : "server");
    }

    /** Has the JDK describe a class for serialization, with which it lets go of those whose descriptions were cleared. */
    private String describe() {
        Class<?> next = OF_JDK.get(described.getAndIncrement() % OF_JDK.size());
        return ObjectStreamClass.lookup(next).getName();
    }

    private static String shown(Word word) {
        return word == null ? "none" : word.meaning();
    }

    /** Does all that may leave something in the process. */
    private String work(WordKey key) {
        loaded.get(key).mean("changed here alone");
        CompletionListenerFuture all = new CompletionListenerFuture();
        loaded.loadAll(Set.of(new WordKey(key.word() + " again")), true, all);
        words.put(key, new Word("worked with"));
        words.invoke(key, (entry, arguments) -> entry.getValue());
        words.forEach(Cache.Entry::getValue);
        untyped.put(key.word(), new Word("of no declared type"));
        untyped.get(key.word());
        Dictionary.here().lookUp(key.word());
        return shown(loaded.get(key));
    }
}
