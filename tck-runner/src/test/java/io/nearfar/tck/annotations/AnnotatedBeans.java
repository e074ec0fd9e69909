package io.nearfar.tck.annotations;

import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import javax.cache.annotation.BeanProvider;

/**
 * Gives the TCK its beans, from Weld with our extension as its service file makes it known. Without a provider, or if it
 * cannot be made, every annotation test of the TCK passes without having run: so each bean given is put on record, and
 * the verdict asks for the record.
 */
public final class AnnotatedBeans implements BeanProvider {
    private static final Path RECORD = Path.of(System.getProperty("annotations.results", "target"), "beans-given.txt");
    private static final String RUN = System.getProperty("annotations.run", "");

    private final SeContainer container;

    /** Starts the container; {@link java.util.ServiceLoader} calls this. */
    public AnnotatedBeans() {
        container = SeContainerInitializer.newInstance()
                .addExtensions(new BeansOfTheTck())
                .initialize();
    }

    @Override
    public <T> T getBeanByType(Class<T> type) {
        T bean = container.select(type).get();
        record(RUN + " " + type.getName());
        return bean;
    }

    private static void record(String line) {
        try {
            Files.createDirectories(RECORD.getParent());
            Files.writeString(RECORD, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("the bean given cannot be put on record", e);
        }
    }
}
