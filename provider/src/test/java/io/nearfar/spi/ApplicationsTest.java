package io.nearfar.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
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
        return within(application, NearfarCachingProvider::new);
    }

    private static <T> T within(ClassLoader application, Supplier<T> work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(application);
        try {
            return work.get();
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
        CacheManager byTheServer = ofServer.getCacheManager(URI.create("nearfar:for-shop"), below(shop));
        CacheManager others = ofStore.getCacheManager();
        applications.ends(shop);
        assertThat(own.isClosed()).isTrue();
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

    @Test
    void provider_thatIsShared_goesOnForApplicationsThatRun() {
        applications.begins(shop);
        applications.begins(store);
        NearfarCachingProvider shared = madeIn(shop);
        CacheManager ofShop = shared.getCacheManager();
        CacheManager ofStore = within(store, shared::getCacheManager);
        assertThat(ofStore.getClassLoader()).isSameAs(store);
        applications.ends(shop);
        assertThat(ofShop.isClosed()).isTrue();
        assertThat(ofStore.isClosed()).isFalse();
        CacheManager again = within(store, shared::getCacheManager);
        assertThat(again).isSameAs(ofStore);
        applications.ends(store);
        assertThat(ofStore.isClosed()).isTrue();
    }

    @Test
    void manager_underAParentOfSeveral_isClosedWithTheLast() {
        applications.begins(shop);
        applications.begins(store);
        NearfarCachingProvider shared = madeIn(shop);
        CacheManager manager = shared.getCacheManager(null, SERVER);
        applications.ends(shop);
        assertThat(manager.isClosed()).isFalse();
        CacheManager again = within(store, () -> shared.getCacheManager(null, SERVER));
        assertThat(again).isSameAs(manager);
        applications.ends(store);
        assertThat(manager.isClosed()).isTrue();
        assertThatExceptionOfType(CacheException.class).isThrownBy(() -> shared.getCacheManager(null, SERVER));
    }

    @Test
    void manager_underAParentThatIsAnApplication_isClosedWithIt() {
        ClassLoader stall = below(shop);
        applications.begins(shop);
        applications.begins(stall);
        CacheManager ofParent = madeIn(stall).getCacheManager(null, shop);
        CacheManager ofChild = madeIn(stall).getCacheManager();
        applications.ends(shop);
        assertThat(ofParent.isClosed()).isTrue();
        assertThat(ofChild.isClosed()).isFalse();
        applications.ends(stall);
        assertThat(ofChild.isClosed()).isTrue();
    }

    @Test
    void manager_ofTheServer_staysWhenTheLastApplicationEnds() {
        NearfarCachingProvider ofServer = new NearfarCachingProvider();
        CacheManager manager = ofServer.getCacheManager();
        applications.begins(shop);
        applications.ends(shop);
        assertThat(manager.isClosed()).isFalse();
        ofServer.close();
    }

    /** A container may call other initializers before the hook. */
    @Test
    void manager_openedByAnInitializerBeforeTheHook_isThatOfTheApplicationThatBeginsAgain() throws ServletException {
        applications.begins(shop);
        applications.ends(shop);
        AtomicReference<CacheManager> opened = new AtomicReference<>();
        ServletContainerInitializer early =
                (classes, context) -> opened.set(new NearfarCachingProvider().getCacheManager(null, shop));
        assertThatExceptionOfType(CacheException.class).isThrownBy(() -> early.onStartup(null, null));
        within(shop, () -> start(early));
        applications.begins(shop);
        assertThat(opened.get().isClosed()).isFalse();
        applications.ends(shop);
        assertThat(opened.get().isClosed()).isTrue();
    }

    @Test
    void manager_openedByAListenerBeforeTheHook_isThatOfTheApplicationThatBeginsAgain() {
        applications.begins(shop);
        applications.ends(shop);
        AtomicReference<CacheManager> opened = new AtomicReference<>();
        ServletContextListener early = new EarlyListener(opened);
        within(shop, () -> {
            early.contextInitialized(null);
            return opened;
        });
        assertThat(opened.get().isClosed()).isFalse();
        applications.begins(shop);
        applications.ends(shop);
        assertThat(opened.get().isClosed()).isTrue();
    }

    /** As Tomcat 10.0 does it at the end, where no descriptor names the listener. */
    @Test
    void end_toldWithAContextThatRefusesQuestions_closesWhatTheApplicationHasOpened() {
        applications.begins(shop);
        CacheManager opened = madeIn(shop).getCacheManager();
        ServletContext refusing = (ServletContext)
                Proxy.newProxyInstance(SERVER, new Class<?>[] {ServletContext.class}, (context, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
        new ServletFarewell(shop).contextDestroyed(new ServletContextEvent(refusing));
        assertThat(opened.isClosed()).isTrue();
    }

    private static ServletContainerInitializer start(ServletContainerInitializer initializer) {
        try {
            initializer.onStartup(null, null);
            return initializer;
        } catch (ServletException e) {
            throw new AssertionError(e);
        }
    }

    private record EarlyListener(AtomicReference<CacheManager> opened) implements ServletContextListener {
        @Override
        public void contextInitialized(ServletContextEvent event) {
            opened.set(new NearfarCachingProvider().getCacheManager());
        }
    }
}
