package io.nearfar.sample.nodes;

import java.io.File;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.hamcrest.Matcher;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The packaged application with the small gazetteer beside the real one. */
final class Wars {
    private Wars() {}

    static WebArchive some() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File(System.getProperty("sample.war")))
                .addAsResource("data/some-cities.tsv.gz");
    }

    /** The same with the libraries of assertions and of waiting, for tests that run inside the server. */
    static WebArchive withAssertions() {
        return some().addAsLibraries(jarOf(Assertions.class), jarOf(Awaitility.class), jarOf(Matcher.class));
    }

    /** The library of a class. */
    static File jarOf(Class<?> type) {
        return new File(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }
}
