package io.nearfar.sample.nodes;

import java.io.File;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.hamcrest.Matcher;
import org.jboss.shrinkwrap.api.Filters;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The packaged application with the small gazetteer beside the real one. */
public final class Wars {
    private static final String ALL_ARE_BEANS = """
        <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0" bean-discovery-mode="all"/>
        """;

    private Wars() {}

    static WebArchive some() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File(System.getProperty("sample.war")))
                .addAsResource("data/some-cities.tsv.gz");
    }

    /** Writes it to a file. */
    public static Path someAt(Path file) {
        some().as(ZipExporter.class).exportTo(file.toFile(), true);
        return file;
    }

    /** The same with the libraries of assertions and of waiting, for tests that run inside the server. */
    static WebArchive withAssertions() {
        return some().addAsLibraries(jarOf(Assertions.class), jarOf(Awaitility.class), jarOf(Matcher.class));
    }

    /** The libraries of the application with the classes of a package, all of which may be beans, and without its tests. */
    static WebArchive of(String packageName) {
        WebArchive sample = ShrinkWrap.createFromZipFile(WebArchive.class, new File(System.getProperty("sample.war")));
        return ShrinkWrap.create(WebArchive.class)
                .merge(sample, Filters.include("/WEB-INF/lib/.*"))
                .addPackages(false, path -> !path.get().endsWith("Test.class"), packageName)
                .addAsWebInfResource(new StringAsset(ALL_ARE_BEANS), "beans.xml");
    }

    /** The library of a class. */
    static File jarOf(Class<?> type) {
        return new File(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }
}
