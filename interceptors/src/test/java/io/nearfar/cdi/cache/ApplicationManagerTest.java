package io.nearfar.cdi.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import org.junit.jupiter.api.Test;

/** What the end of a CDI container closes. */
class ApplicationManagerTest {
    private static final URI OWN = URI.create("nearfar:opened-by-the-application");

    @Test
    void close_ofADeployedApplication_closesWhatItHasOpenedItself() throws Exception {
        try (URLClassLoader loader = new URLClassLoader(new URL[0], getClass().getClassLoader())) {
            ApplicationManager application = new ApplicationManager(loader);
            CacheManager manager = application.manager();
            CacheManager own = application.provider().getCacheManager(OWN, loader);
            application.close();
            assertThat(manager.isClosed()).isTrue();
            assertThat(own.isClosed()).isTrue();
            assertThatExceptionOfType(CacheException.class).isThrownBy(application::manager);
        }
    }

    /** Another container of the same program, or none at all, may go on with it. */
    @Test
    void close_inAProgram_closesOnlyWhatWasOpenedHere() {
        ClassLoader loader = ClassLoader.getSystemClassLoader();
        ApplicationManager application = new ApplicationManager(loader);
        CacheManager manager = application.manager();
        try (CacheManager own = application.provider().getCacheManager(OWN, loader)) {
            application.close();
            assertThat(manager.isClosed()).isTrue();
            assertThat(own.isClosed()).isFalse();
        }
    }
}
