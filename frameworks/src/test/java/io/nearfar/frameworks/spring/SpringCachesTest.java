package io.nearfar.frameworks.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.frameworks.FrameworkPage;
import io.nearfar.testing.RealRedis;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Spring without Boot: the class of the page makes the cache manager, in two contexts over one Redis. */
@Timeout(120)
class SpringCachesTest {
    @TempDir
    Path folder;

    @Test
    void classOfThePage_sharesItsCacheBetweenTwoContexts() throws Exception {
        String source = FrameworkPage.of("spring").javaBlocks().get(0);
        Path file = Files.writeString(folder.resolve(FrameworkPage.classOf(source) + ".java"), source);
        String[] words = {
            "-d",
            folder.toString(),
            "-parameters",
            "-proc:none",
            "-cp",
            System.getProperty("java.class.path"),
            file.toString()
        };
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, words))
                .isZero();
        try (RealRedis redis = RealRedis.start();
                URLClassLoader loader =
                        new URLClassLoader(new URL[] {folder.toUri().toURL()});
                AnnotationConfigApplicationContext first = context(loader, settings(redis));
                AnnotationConfigApplicationContext second = context(loader, settings(redis))) {
            Object found = call(first, loader, "find");
            assertThat(call(second, loader, "find")).isEqualTo(found);
            call(first, loader, "forget");
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> assertThat(call(second, loader, "find")).isNotEqualTo(found));
        }
    }

    private Path settings(RealRedis redis) throws Exception {
        return Files.write(
                Files.createTempFile(folder, "nearfar", ".properties"),
                List.of(
                        "nearfar.address = " + redis.address(),
                        "nearfar.application = spring",
                        "nearfar.deadline = 9s"));
    }

    private static AnnotationConfigApplicationContext context(ClassLoader loader, Path settings) throws Exception {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.setClassLoader(loader);
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "test", Map.of("nearfar.file", settings.toUri().toString())));
        context.register(loader.loadClass("Atlas"));
        context.refresh();
        return context;
    }

    private static Object call(AnnotationConfigApplicationContext context, ClassLoader loader, String name)
            throws Exception {
        Class<?> type = loader.loadClass("Atlas$Numbers");
        Method method = type.getMethod(name, String.class);
        return method.invoke(context.getBean(type), "Lisbon");
    }
}
