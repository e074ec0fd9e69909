package io.nearfar.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.NearfarCache;
import io.nearfar.cdi.annotation.CacheTags;
import io.nearfar.cdi.annotation.InvalidateTags;
import io.nearfar.cdi.annotation.NamedCache;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.Serializable;
import java.lang.annotation.Annotation;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheInvocationContext;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CacheMethodDetails;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheResolver;
import javax.cache.annotation.CacheResolverFactory;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import javax.cache.annotation.GeneratedCacheKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tags that cannot be had, and tags of types that are not plain. Whatever comes of tags, nothing old is answered. */
@Timeout(120)
class TagEdgesTest {
    private static final Map<Object, Object> ENTRIES = ForeignCaches.entries();

    private final Application application = Application.of(Shop.class, Elsewhere.class, Guarded.class);
    private final Shop shop = application.bean(Shop.class);

    @AfterEach
    void stop() {
        application.close();
        ENTRIES.clear();
    }

    /** Many words, of which each is a tag. */
    public record Words(List<String> words) implements Serializable {
        static Words of(int count) {
            return new Words(IntStream.range(0, count).mapToObj(i -> "w" + i).toList());
        }

        public String broken() {
            throw new IllegalStateException("broken");
        }
    }

    abstract static class Base implements Serializable {
        public int getId() {
            return 7;
        }
    }

    /** Has its getter from a class that nobody sees. */
    public static class Seen extends Base {}

    /** Knows of its content more than its bound says. */
    public static class Page<P extends Base> implements Serializable {
        private final ArrayList<P> items = new ArrayList<>();

        public List<P> items() {
            return items;
        }
    }

    /** Has a name. */
    public static class Named extends Base {
        public String name() {
            return "n";
        }
    }

    /** Is a list of something else than its argument. */
    public static class Noted<M> extends ArrayList<Named> {}

    @Singleton
    @CacheDefaults(cacheName = "shop")
    public static class Shop {
        int calls;
        int words = 1;

        @Inject
        @NamedCache("shop")
        NearfarCache<GeneratedCacheKey, ?> entries;

        @CacheResult
        public Words find(int id) {
            calls++;
            return Words.of(words);
        }

        @CacheResult(skipGet = true)
        @CacheTags("{result.words}")
        public Words again(int id) {
            return Words.of(words);
        }

        @CachePut
        @CacheTags("{words.words}")
        public void put(int id, @CacheValue Words words) {}

        @CachePut(afterInvocation = false)
        @CacheTags("{words.words}")
        @InvalidateTags(value = "{words.words}", afterInvocation = false)
        public void putEarly(int id, @CacheValue Words words) {}

        @InvalidateTags("{words.words}")
        public void forget(Words words) {}

        @InvalidateTags("{words.broken}")
        public void forgetBroken(Words words) {}

        @CacheResult(cacheName = "types")
        @CacheTags({"{path}", "{zone.id}", "{seen.id}", "{page.items.name}", "{noted.name}"})
        public String types(@CacheKey int id, Path path, ZoneId zone, Seen seen, Page<Named> page, Noted<Words> noted) {
            calls++;
            return "";
        }
    }

    @Test
    void putWithTooManyTags_leavesNothingOld() {
        shop.find(1);
        shop.put(1, Words.of(40));
        shop.words = 2;
        assertThat(shop.find(1).words()).hasSize(2);
    }

    @Test
    void reloadWithTooManyTags_leavesNothingOld() {
        shop.find(1);
        shop.words = 40;
        assertThat(shop.again(1).words()).hasSize(40);
        assertThat(shop.find(1).words()).hasSize(40);
    }

    @Test
    void invalidation_ofMoreTagsThanOneTakes_isMadeInPortions() {
        shop.put(1, new Words(List.of("w2499")));
        shop.put(2, new Words(List.of("w3")));
        shop.put(3, new Words(List.of("w2500")));
        shop.forget(Words.of(2_500));
        for (int id = 1; id <= 3; id++) {
            shop.find(id);
        }
        assertThat(shop.calls).isEqualTo(2);
    }

    @Test
    void invalidation_ofTagsThatNoEntryCarries_invalidatesTheOthers() {
        shop.put(1, new Words(List.of("w")));
        shop.forget(new Words(List.of("", "x".repeat(201), "w")));
        shop.find(1);
        assertThat(shop.calls).isOne();
    }

    @Test
    void invalidation_ofTagsThatCannotBeRead_isAClear() {
        shop.put(1, new Words(List.of("w")));
        shop.forgetBroken(Words.of(1));
        shop.find(1);
        assertThat(shop.calls).isOne();
    }

    @Test
    void putBeforeTheMethod_isNotEndedByItsOwnTags() {
        shop.putEarly(1, new Words(List.of("w")));
        shop.find(1);
        assertThat(shop.calls).isZero();
    }

    @Test
    void types_thatAreNotPlain() {
        for (String tag : List.of("file", "Europe/Paris", "7", "n")) {
            int before = shop.calls;
            types();
            types();
            assertThat(shop.calls).as(tag).isEqualTo(before == 0 ? 1 : before);
            application.manager().getCache("types").unwrap(NearfarCache.class).invalidateTag(tag);
            types();
            assertThat(shop.calls).as(tag).isEqualTo(before == 0 ? 2 : before + 1);
        }
    }

    private void types() {
        Page<Named> page = new Page<>();
        page.items().add(new Named());
        Noted<Words> noted = new Noted<>();
        noted.add(new Named());
        shop.types(1, Path.of("file"), ZoneId.of("Europe/Paris"), new Seen(), page, noted);
    }

    /** Resolves to a cache of another provider. */
    public static class ElsewhereFactory implements CacheResolverFactory {
        @Override
        public CacheResolver getCacheResolver(CacheMethodDetails<? extends Annotation> details) {
            return new CacheResolver() {
                @Override
                public <K, V> Cache<K, V> resolveCache(CacheInvocationContext<? extends Annotation> context) {
                    return ForeignCaches.over(ENTRIES);
                }
            };
        }

        @Override
        public CacheResolver getExceptionCacheResolver(CacheMethodDetails<CacheResult> details) {
            return getCacheResolver(details);
        }
    }

    @Singleton
    @CacheDefaults(cacheResolverFactory = ElsewhereFactory.class)
    public static class Elsewhere {
        @CacheResult
        @CacheTags("a")
        public String find(int id) {
            return "found";
        }

        @CacheResult
        public String plain(int id) {
            return "plain";
        }

        @CachePut
        @CacheTags("a")
        public void put(int id, @CacheValue String value) {}

        @InvalidateTags("a")
        public void forget() {}
    }

    /** What a cache cannot tag it does not keep. */
    @Test
    void cacheOfAnotherProvider_keepsNothingThatHasTags() {
        Elsewhere elsewhere = application.bean(Elsewhere.class);
        assertThat(elsewhere.find(1)).isEqualTo("found");
        assertThat(ENTRIES).isEmpty();
        elsewhere.plain(1);
        elsewhere.put(1, "v");
        assertThat(ENTRIES).isEmpty();
        elsewhere.plain(1);
        elsewhere.forget();
        assertThat(ENTRIES).isEmpty();
    }

    @Singleton
    @CacheResult(cacheName = "guarded")
    public static class Guarded {
        int calls;

        @CacheTags("p:{id}")
        public String find(int id) {
            calls++;
            return "found";
        }

        @InvalidateTags(cacheName = "guarded", value = "p:{id}")
        public boolean change(int id) {
            return true;
        }
    }

    /** What stands at the method itself is meant, and not the class's @CacheResult. */
    @Test
    void annotationOfTheClass_doesNotHoldForAMethodThatInvalidates() {
        Guarded guarded = application.bean(Guarded.class);
        guarded.find(1);
        guarded.find(1);
        assertThat(guarded.calls).isOne();
        assertThat(guarded.change(1)).isTrue();
        guarded.find(1);
        assertThat(guarded.calls).isEqualTo(2);
    }
}
