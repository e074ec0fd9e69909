package io.nearfar.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import org.junit.jupiter.api.Test;

/** What a servlet container's applications leave open when they end; the provider is a library of the server here. */
class ApplicationsTest {
    private static final ClassLoader SERVER = ApplicationsTest.class.getClassLoader();

    private final Applications applications = Applications.all();
    private final ClassLoader shop = below(SERVER);
    private final ClassLoader store = below(SERVER);

    private static ClassLoader below(ClassLoader parent) {
        return new URLClassLoader(new URL[0], parent);
    }

    /** Makes a provider as an application's thread would. */
    private static NearfarCachingProvider madeIn(ClassLoader application) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(application);
        try {
            return new NearfarCachingProvider();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void provider_madeInAnApplication_hasItsLoaderByDefault() {
        assertThat(madeIn(shop).getDefaultClassLoader()).isSameAs(shop);
        assertThat(madeIn(ClassLoader.getPlatformClassLoader()).getDefaultClassLoader())
                .isSameAs(SERVER);
    }

    @Test
    void end_ofAnApplication_closesAllThatItHasOpenedAndNothingElse() {
        applications.begins(shop);
        applications.begins(store);
        NearfarCachingProvider ofShop = madeIn(shop);
        NearfarCachingProvider ofStore = madeIn(store);
        NearfarCachingProvider ofServer = new NearfarCachingProvider();
        CacheManager own = ofShop.getCacheManager();
        CacheManager underTheServersLoader = ofShop.getCacheManager(URI.create("nearfar:server"), SERVER);
        CacheManager byTheServer = ofServer.getCacheManager(URI.create("nearfar:for-shop"), below(shop));
        CacheManager others = ofStore.getCacheManager();
        applications.ends(shop);
        assertThat(own.isClosed()).isTrue();
        assertThat(underTheServersLoader.isClosed()).isTrue();
        assertThat(byTheServer.isClosed()).isTrue();
        assertThat(others.isClosed()).isFalse();
        assertThat(ofServer.getCacheManager().isClosed()).isFalse();
        applications.ends(store);
        assertThat(others.isClosed()).isTrue();
        ofServer.close();
    }

    @Test
    void manager_ofAnApplicationThatHasEnded_isRefused() {
        applications.begins(shop);
        NearfarCachingProvider provider = madeIn(shop);
        applications.ends(shop);
        assertThatExceptionOfType(CacheException.class)
                .isThrownBy(provider::getCacheManager)
                .withMessageContaining("has ended")
                .withMessageContaining(shop.toString());
        assertThatExceptionOfType(CacheException.class)
                .isThrownBy(() -> new NearfarCachingProvider().getCacheManager(null, below(shop)));
        applications.begins(shop);
        assertThat(provider.getCacheManager().isClosed()).isFalse();
        applications.ends(shop);
    }

    /** A server inside of a program may give its only application the program's own class loader. */
    @Test
    void end_ofAnApplicationWithTheProgramsLoader_closesNothing() {
        ClassLoader program = ClassLoader.getSystemClassLoader();
        applications.begins(program);
        NearfarCachingProvider provider = new NearfarCachingProvider();
        CacheManager manager = provider.getCacheManager();
        applications.ends(program);
        assertThat(manager.isClosed()).isFalse();
        assertThat(provider.getCacheManager(URI.create("nearfar:later"), program)
                        .isClosed())
                .isFalse();
        provider.close();
    }

    @Test
    void applications_thatShareALoader_endWithTheLast() {
        applications.begins(shop);
        applications.begins(shop);
        CacheManager manager = madeIn(shop).getCacheManager();
        applications.ends(shop);
        assertThat(manager.isClosed()).isFalse();
        applications.ends(shop);
        assertThat(manager.isClosed()).isTrue();
    }
}
