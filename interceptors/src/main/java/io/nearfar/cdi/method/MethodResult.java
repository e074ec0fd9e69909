package io.nearfar.cdi.method;

import java.lang.reflect.Type;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What an annotated method answers with.
 *
 * @param declared the class that the method returns
 * @param type the type of the value: of the result itself, or of what the stage completes with
 * @param raw the class of that type, boxed
 * @param isStage whether the value comes by a stage
 */
public record MethodResult(Class<?> declared, Type type, Class<?> raw, boolean isStage) {
    /** Describes a result of type {@code returned}, read with the type variables of a bean's class. */
    static MethodResult of(Type returned, TypeVariables variables) {
        Type resolved = variables.resolve(returned);
        Class<?> declared = variables.raw(resolved);
        boolean isStage = declared == CompletionStage.class || declared == CompletableFuture.class;
        Type type = isStage ? variables.argument(resolved, 0) : resolved;
        return new MethodResult(declared, type, variables.boxed(type), isStage);
    }

    /** Tells whether {@code value} can be the method's answer; null always can, for a method that gave it. */
    public boolean fits(Object value) {
        return raw.isInstance(value);
    }

    /** Tells whether the method has no value to store. */
    boolean isVoid() {
        return raw == Void.class;
    }
}
