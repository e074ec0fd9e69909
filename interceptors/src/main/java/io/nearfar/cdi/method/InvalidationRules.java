package io.nearfar.cdi.method;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What can be wrong between a method that fires a named invalidation and the declaration of that. */
public final class InvalidationRules {
    private final Function<String, @Nullable List<String>> declared;
    private final Findings findings;

    /** Creates the rules; {@code declared} returns the parameters of a declared invalidation, or null if there is none. */
    public InvalidationRules(Function<String, @Nullable List<String>> declared, Findings findings) {
        this.declared = declared;
        this.findings = findings;
    }

    /** Reports on {@code method}, if it fires one. */
    public void check(CacheMethod method) {
        if (method.operation() != CacheOperation.INVALIDATE) {
            return;
        }
        List<String> parameters = declared.apply(InvalidationArguments.name(method));
        if (parameters == null) {
            findings.mistake(Texts.unknownInvalidation(method, InvalidationArguments.name(method)));
            return;
        } else if (!InvalidationArguments.areRead(method)) {
            return; // which of them are wrong is told already
        }
        try {
            InvalidationArguments.of(method, parameters);
        } catch (IllegalArgumentException e) {
            findings.mistake(Texts.badArguments(
                    method, InvalidationArguments.name(method), parameters, String.valueOf(e.getMessage())));
        }
    }
}
