package io.nearfar.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.NearfarCache;
import io.nearfar.cdi.annotation.CacheTags;
import io.nearfar.cdi.annotation.InvalidateTags;
import io.nearfar.cdi.annotation.NamedCache;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import javax.cache.annotation.GeneratedCacheKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code @CacheTags} and {@code @InvalidateTags}. */
@Timeout(120)
class TagsTest {
    private final Application application = Application.of(Shop.class);
    private final Shop shop = application.bean(Shop.class);

    @AfterEach
    void stop() {
        application.close();
    }

    /** A thing of a category, which may have none. */
    public record Product(int id, @Nullable String category) implements java.io.Serializable {}

    /** Has properties of every kind. */
    public static class Wrapping implements java.io.Serializable {
        public String field = "f";

        public Optional<String> getGetter() {
            return Optional.of("g");
        }

        public boolean isFlag() {
            return true;
        }
    }

    @Singleton
    @CacheDefaults(cacheName = "shop")
    public static class Shop {
        int calls;
        String category = "tea";

        @Nullable
        IOException failure;

        @Inject
        @NamedCache("shop")
        NearfarCache<GeneratedCacheKey, ?> entries;

        @CacheResult
        @CacheTags({"product:{id}", "category:{result.category}", "all", "brace:{{{id}}}"})
        public Product find(int id) {
            calls++;
            return new Product(id, category);
        }

        @CacheResult(cacheName = "lists")
        @CacheTags("product:{result.id}")
        public List<Product> some(int first, int last) {
            calls++;
            return IntStream.rangeClosed(first, last)
                    .mapToObj(id -> new Product(id, category))
                    .toList();
        }

        @CacheResult(cacheName = "stages")
        @CacheTags("category:{result.category}")
        public CompletionStage<Product> later(int id) {
            calls++;
            return CompletableFuture.supplyAsync(() -> new Product(id, category));
        }

        @CacheResult(cacheName = "wrapping")
        @CacheTags("{0}/{1.field}/{1.getter}/{1.flag}")
        public String wrapped(List<String> names, Wrapping wrapping) {
            calls++;
            return "";
        }

        @CachePut
        @CacheTags("product:{product.id}")
        @InvalidateTags("category:{product.category}")
        @InvalidateTags(cacheName = "lists", value = "product:{id}")
        public void save(int id, @CacheValue Product product) {}

        @InvalidateTags({"product:{result}", "category:{category}"})
        public @Nullable Integer change(@Nullable Integer id, @Nullable String category) throws IOException {
            if (failure != null) {
                throw failure;
            }
            return id;
        }

        @InvalidateTags(value = "product:{id}", evictFor = IOException.class)
        public void changeOrFail(int id) throws IOException {
            throw new IOException();
        }

        @InvalidateTags(value = "product:{id}", afterInvocation = false)
        public Product changeBefore(int id) {
            return find(id);
        }

        @InvalidateTags("product:{id}")
        public CompletionStage<Void> changeLater(int id, CompletionStage<Void> when) {
            return when;
        }
    }

    @Test
    void entry_isEndedByEachOfItsTags() {
        for (String tag : List.of("product:1", "category:tea", "all", "brace:{1}")) {
            shop.find(1);
            int calls = shop.calls;
            shop.find(1);
            assertThat(shop.calls).isEqualTo(calls);
            shop.entries.invalidateTag(tag);
            shop.find(1);
            assertThat(shop.calls).as(tag).isEqualTo(calls + 1);
        }
    }

    @Test
    void otherTags_leaveTheEntry() {
        shop.find(1);
        shop.entries.invalidateTags(List.of("product:2", "category:coffee", "brace:1", "product:{id}"));
        shop.find(1);
        assertThat(shop.calls).isOne();
    }

    @Test
    void whatIsNull_givesNoTag() throws IOException {
        shop.category = null;
        shop.find(1);
        shop.change(null, "null");
        shop.find(1);
        assertThat(shop.calls).isOne();
        shop.change(1, null);
        shop.find(1);
        assertThat(shop.calls).isEqualTo(2);
    }

    @Test
    void collection_givesATagForEach() {
        shop.some(1, 3);
        shop.some(4, 5);
        shop.save(2, new Product(2, "tea"));
        shop.some(1, 3);
        assertThat(shop.calls).isEqualTo(3);
        shop.some(4, 5);
        assertThat(shop.calls).isEqualTo(3);
    }

    @Test
    void stage_isTaggedWithWhatItCompletesWith() throws Exception {
        for (int i = 0; i < 2; i++) {
            shop.later(1).toCompletableFuture().get(60, TimeUnit.SECONDS);
        }
        assertThat(shop.calls).isOne();
        application.manager().getCache("stages").unwrap(NearfarCache.class).invalidateTag("category:tea");
        shop.later(1).toCompletableFuture().get(60, TimeUnit.SECONDS);
        assertThat(shop.calls).isEqualTo(2);
    }

    @Test
    void properties_ofEveryKind() {
        shop.wrapped(List.of("a", "b"), new Wrapping());
        NearfarCache<?, ?> cache = application.manager().getCache("wrapping").unwrap(NearfarCache.class);
        cache.invalidateTag("b/f/g/true");
        shop.wrapped(List.of("a", "b"), new Wrapping());
        assertThat(shop.calls).isEqualTo(2);
    }

    /** The tags go first, so that what the method itself puts stays. */
    @Test
    void put_isNotEndedByItsOwnMethod() {
        shop.find(1);
        shop.find(2);
        Product saved = new Product(1, "tea");
        shop.save(1, saved);
        assertThat(shop.find(1)).isEqualTo(saved);
        assertThat(shop.calls).isEqualTo(2);
        shop.find(2);
        assertThat(shop.calls).isEqualTo(3);
        shop.entries.invalidateTag("product:1");
        shop.find(1);
        assertThat(shop.calls).isEqualTo(4);
    }

    @Test
    void failure_invalidatesNothing_unlessItIsNamed() {
        shop.find(1);
        shop.failure = new IOException();
        assertThatThrownBy(() -> shop.change(1, "tea")).isSameAs(shop.failure);
        shop.find(1);
        assertThat(shop.calls).isOne();
        assertThatThrownBy(() -> shop.changeOrFail(1)).isInstanceOf(IOException.class);
        shop.find(1);
        assertThat(shop.calls).isEqualTo(2);
    }

    @Test
    void beforeInvocation_theMethodFindsNothingMore() {
        shop.find(1);
        shop.changeBefore(1);
        assertThat(shop.calls).isEqualTo(2);
    }

    @Test
    void stage_invalidatesWhenItIsComplete() throws Exception {
        CompletableFuture<Void> when = new CompletableFuture<>();
        shop.find(1);
        CompletionStage<Void> change = shop.changeLater(1, when);
        shop.find(1);
        assertThat(shop.calls).isOne();
        when.complete(null);
        change.toCompletableFuture().get(60, TimeUnit.SECONDS);
        shop.find(1);
        assertThat(shop.calls).isEqualTo(2);
    }

    /** It is kept for a millisecond at most. */
    @Test
    void moreTagsThanAnEntryCarries_answerAndAreNotKept() {
        assertThat(shop.some(1, 40)).hasSize(40);
        await().until(() -> shop.some(1, 40).size() == 40 && shop.calls > 1);
    }
}
