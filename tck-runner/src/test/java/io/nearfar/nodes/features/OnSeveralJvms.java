package io.nearfar.nodes.features;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the JVMs that all of them share, and that end with the last. */
final class OnSeveralJvms implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == SeveralJvms.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(OnSeveralJvms.class))
                .getOrComputeIfAbsent(SeveralJvms.class, none -> started());
    }

    private static SeveralJvms started() {
        try {
            return new SeveralJvms();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
