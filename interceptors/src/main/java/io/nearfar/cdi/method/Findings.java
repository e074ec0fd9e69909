package io.nearfar.cdi.method;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is wrong with the annotations of an application, collected over all its beans. Used by one thread. */
public final class Findings {
    private final Set<String> mistakes = new LinkedHashSet<>();
    private final Set<String> warnings = new LinkedHashSet<>();

    /** Adds something that cannot work and must fail the deployment. */
    public void mistake(String text) {
        mistakes.add(text);
    }

    /** Adds something that works and is hardly meant. */
    public void warn(String text) {
        warnings.add(text);
    }

    /** Returns the mistakes in the order of finding, each once. */
    public List<String> mistakes() {
        return List.copyOf(mistakes);
    }

    /** Returns the warnings in the order of finding, each once. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }
}
