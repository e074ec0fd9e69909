package io.nearfar.tck;

import static org.junit.platform.engine.discovery.ClassNameFilter.excludeClassNamePatterns;
import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClasspathRoots;

import java.io.PrintWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.jsr107.tck.CacheManagerTest;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.reporting.legacy.xml.LegacyXmlReportGeneratingListener;

/** Runs the TCK in this JVM, in the mode that the property {@code tck.mode} names, and leaves reports as a build's tests do. */
public final class TckMain {
    private static final String[] TESTS = {
        "javax\\.cache\\..*Test", "javax\\.cache\\.configuration\\.FactoryBuilderTest1", "org\\.jsr107\\.tck\\..*Test"
    };
    /** Another execution of the build runs these. */
    private static final String ANNOTATIONS = "org\\.jsr107\\.tck\\.annotation\\..*";

    private TckMain() {}

    /** Ends with 0 when all tests have run, whatever came of them. */
    public static void main(String[] arguments) throws URISyntaxException {
        Path results = TckMode.ofThisRun().orElseThrow().results();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClasspathRoots(Set.of(jarOfTheTck())))
                .filters(includeClassNamePatterns(TESTS), excludeClassNamePatterns(ANNOTATIONS))
                .build();
        PrintWriter troubles = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        LauncherFactory.create().execute(request, new LegacyXmlReportGeneratingListener(results, troubles));
        System.exit(0); // tests leave threads
    }

    private static Path jarOfTheTck() throws URISyntaxException {
        return Path.of(CacheManagerTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }
}
