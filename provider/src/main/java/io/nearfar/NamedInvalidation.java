package io.nearfar;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A declared invalidation, with what its parameters stand for this time: to be handed to {@link NearfarManager#invalidate}, or
 * fired as a CDI event. Immutable if its arguments are.
 *
 * @param name of the {@link InvalidationDeclaration}
 * @param arguments a value for each parameter; it counts as its {@code toString} says, and a {@link java.util.Collection} stands
 *     for each of its elements, an empty one for none: then nothing of what needs the parameter is invalidated
 */
public record NamedInvalidation(String name, Map<String, Object> arguments) {
    /**
     * Creates one. Whether the name is known, and the arguments are those of its parameters, is seen when it is fired.
     *
     * @throws NullPointerException if the name, the arguments or one of them is null
     */
    public NamedInvalidation {
        Objects.requireNonNull(name, "The name of the invalidation is null");
        Objects.requireNonNull(arguments, "The arguments of the invalidation are null; none is an empty map");
        Map<String, Object> copy = new LinkedHashMap<>();
        for (Map.Entry<String, Object> argument : arguments.entrySet()) {
            String parameter = Objects.requireNonNull(argument.getKey(), "The name of a parameter is null");
            copy.put(
                    parameter,
                    Objects.requireNonNull(
                            argument.getValue(),
                            () -> "The argument " + parameter
                                    + " of an invalidation is null; for no value give an empty" + " list"));
        }
        arguments = Collections.unmodifiableMap(copy);
    }
}
