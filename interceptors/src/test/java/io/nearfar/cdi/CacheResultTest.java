package io.nearfar.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Singleton;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.cache.Cache;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CacheResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CacheResultTest {
    private static final String PREFIX = CacheResultTest.class.getName() + "$Shop.";

    private final Application application = Application.of(Shop.class, Warehouse.class);
    private final Shop shop = application.bean(Shop.class);

    @AfterEach
    void stop() {
        application.close();
    }

    @Singleton
    public static class Shop {
        int calls;
        String answer = "first";

        @CacheResult
        public String price(String article) {
            calls++;
            return answer + " " + article;
        }

        @CacheResult
        public String price(String article, int amount) {
            calls++;
            return amount + " " + article;
        }

        @CacheResult(cacheName = "byCode")
        public String byCode(@CacheKey String code, String trace) {
            calls++;
            return code + " " + trace;
        }

        @CacheResult(cacheName = "byCode")
        public String byCodeToo(String code) {
            calls++;
            return code + " too";
        }

        @CacheResult
        public String maybe(String article) {
            calls++;
            return null;
        }

        @CacheResult
        public int count(int[] articles) {
            calls++;
            return articles.length;
        }

        @CacheResult
        public List<String> list() {
            calls++;
            return new ArrayList<>(List.of(answer));
        }

        @CacheResult(cacheName = "refreshed")
        public String cached(String article) {
            calls++;
            return answer;
        }

        @CacheResult(cacheName = "refreshed", skipGet = true)
        public String refresh(String article) {
            calls++;
            return answer;
        }

        @CacheResult
        public String fail(String article) throws IOException {
            calls++;
            throw new FileNotFoundException(article + calls);
        }

        @CacheResult
        public String failWithError(String article) {
            calls++;
            throw new StackOverflowError(article + calls);
        }

        @CacheResult
        protected String hidden(String article) {
            calls++;
            return article;
        }

        @CacheResult
        String ofPackage(String article) {
            calls++;
            return article;
        }
    }

    @Singleton
    @CacheDefaults(cacheName = "warehouse")
    public static class Warehouse {
        int calls;

        @CacheResult
        public String rack(String article) {
            calls++;
            return article;
        }

        @CacheResult(cacheName = "own")
        public String shelf(String article) {
            calls++;
            return article;
        }
    }

    @Test
    void call_twice_methodCalledOnce() {
        assertThat(shop.price("tea")).isEqualTo("first tea");
        shop.answer = "second";

        assertThat(shop.price("tea")).isEqualTo("first tea");
        assertThat(shop.calls).isOne();
    }

    @Test
    void call_otherArgument_methodCalledAgain() {
        shop.price("tea");

        assertThat(shop.price("milk")).isEqualTo("first milk");
        assertThat(shop.calls).isEqualTo(2);
    }

    @Test
    void call_overloads_haveCachesOfTheirOwn() {
        shop.price("tea");
        shop.price("tea", 1);

        assertThat(application.cache(PREFIX + "price(java.lang.String)")).hasSize(1);
        assertThat(application.cache(PREFIX + "price(java.lang.String,int)")).hasSize(1);
    }

    @Test
    void call_cacheKey_otherParametersDoNotCount() {
        assertThat(shop.byCode("a", "x")).isEqualTo("a x");
        assertThat(shop.byCode("a", "y")).isEqualTo("a x");
        assertThat(shop.byCodeToo("a")).isEqualTo("a x");
        assertThat(shop.calls).isOne();
    }

    @Test
    void call_nullResult_isMissAndNoFailure() {
        assertThat(shop.maybe("tea")).isNull();
        assertThat(shop.maybe("tea")).isNull();
        assertThat(shop.calls).isEqualTo(2);
    }

    @Test
    void call_nullArgument_isKeyLikeOthers() {
        assertThat(shop.price(null)).isEqualTo("first null");
        assertThat(shop.price(null)).isEqualTo("first null");
        assertThat(shop.price("null")).isEqualTo("first null");
        assertThat(shop.calls).isEqualTo(2);
    }

    @Test
    void call_arrayArgument_comparedByContent() {
        int[] articles = {1, 2};
        assertThat(shop.count(articles)).isEqualTo(2);
        articles[0] = 9;

        assertThat(shop.count(new int[] {1, 2})).isEqualTo(2);
        assertThat(shop.calls).isOne();
        assertThat(shop.count(articles)).isEqualTo(2);
        assertThat(shop.calls).isEqualTo(2);
    }

    @Test
    void call_noParameters_oneEntry() {
        assertThat(shop.list()).containsExactly("first");
        shop.answer = "second";

        assertThat(shop.list()).containsExactly("first");
    }

    @Test
    void call_resultChangedByCaller_cacheStays() {
        shop.list().add("mine");

        assertThat(shop.list()).containsExactly("first");
        shop.list().add("mine too");
        assertThat(shop.list()).containsExactly("first");
    }

    @Test
    void call_skipGet_alwaysCalledAndStored() {
        shop.cached("tea");
        shop.answer = "second";

        assertThat(shop.refresh("tea")).isEqualTo("second");
        shop.answer = "third";
        assertThat(shop.cached("tea")).isEqualTo("second");
        assertThat(shop.refresh("tea")).isEqualTo("third");
        assertThat(shop.calls).isEqualTo(3);
    }

    @Test
    void call_exception_reachesCallerUnchangedAndIsNotStored() {
        assertThatThrownBy(() -> shop.fail("tea"))
                .isExactlyInstanceOf(FileNotFoundException.class)
                .hasMessage("tea1")
                .hasNoCause();
        assertThatThrownBy(() -> shop.fail("tea")).hasMessage("tea2");
    }

    @Test
    void call_error_reachesCallerUnchanged() {
        assertThatThrownBy(() -> shop.failWithError("tea"))
                .isExactlyInstanceOf(StackOverflowError.class)
                .hasMessage("tea1");
    }

    @Test
    void call_methodThatIsNotPublic_cachedToo() {
        shop.hidden("tea");
        shop.hidden("tea");
        shop.ofPackage("tea");
        shop.ofPackage("tea");

        assertThat(shop.calls).isEqualTo(2);
    }

    @Test
    void call_cacheDefaults_nameUnlessMethodHasItsOwn() {
        Warehouse warehouse = application.bean(Warehouse.class);
        warehouse.rack("tea");
        warehouse.shelf("tea");

        assertThat(application.cache("warehouse")).hasSize(1);
        assertThat(application.cache("own")).hasSize(1);
    }

    @Test
    void key_isGeneratedAndReadable() {
        shop.price("tea", 30);

        Cache<Object, Object> cache = application.cache(PREFIX + "price(java.lang.String,int)");
        assertThat(cache.iterator().next().getKey()).hasToString("tea:30");
    }

    @Test
    void caches_onlyThoseThatWereUsed() {
        shop.price("tea");

        assertThat(application.manager().getCacheNames()).containsExactly(PREFIX + "price(java.lang.String)");
    }
}
