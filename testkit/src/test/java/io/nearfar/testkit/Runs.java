package io.nearfar.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.Map;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs classes of tests within a test. */
final class Runs {
    private Runs() {}

    /** Runs a class with these JUnit parameters and returns what came of it. */
    static TestExecutionSummary of(Class<?> tests, Map<String, String> parameters) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(tests))
                                .configurationParameters(parameters)
                                .build(),
                        listener);
        return listener.getSummary();
    }

    /** Runs a class and returns what its failures say. */
    static List<String> failures(Class<?> tests) {
        return of(tests, Map.of()).getFailures().stream()
                .map(failure -> String.valueOf(failure.getException().getMessage()))
                .toList();
    }
}
