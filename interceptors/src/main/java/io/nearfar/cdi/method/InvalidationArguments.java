package io.nearfar.cdi.method;

import io.nearfar.cdi.annotation.Invalidate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the parameters of a named invalidation stand for at an annotated method. */
public final class InvalidationArguments {
    private static final char EQUALS = '=';

    private InvalidationArguments() {}

    /** Returns the name of the invalidation that {@code method} fires. */
    public static String name(CacheMethod method) {
        return ((Invalidate) method.members().annotation()).value();
    }

    /**
     * Returns what each parameter stands for: what the annotation says, or the parameter of the method that has its name.
     *
     * @param declared the names of the parameters of the invalidation
     * @throws IllegalArgumentException if one stands for nothing, or the annotation names another; says what to do
     */
    public static Map<String, TagText> of(CacheMethod method, List<String> declared) {
        Map<String, TagText> written = new LinkedHashMap<>();
        method.tags().forEach(text -> written.put(parameter(text.text()), text));
        for (String parameter : written.keySet()) {
            if (!declared.contains(parameter)) {
                throw new IllegalArgumentException("gives " + parameter + ", which is no parameter of it. "
                        + (declared.isEmpty() ? "It has none" : "Its parameters are " + String.join(", ", declared)));
            }
        }
        Map<String, TagText> arguments = new LinkedHashMap<>();
        for (String parameter : declared) {
            TagText text = written.get(parameter);
            arguments.put(parameter, text == null ? ofTheMethod(method, parameter) : text);
        }
        return arguments;
    }

    private static TagText ofTheMethod(CacheMethod method, String parameter) {
        try {
            return new TagTextReader("{" + parameter + "}", method.method()).read();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "gives no " + parameter + ", and the method has no parameter that is known by this name. Write"
                            + " arguments = \"" + parameter
                            + "={0}\", for one; names of parameters need classes compiled"
                            + " with -parameters",
                    e);
        }
    }

    /** Tells whether something can be meant by every argument of the annotation. */
    static boolean areRead(CacheMethod method) {
        return ((Invalidate) method.members().annotation()).arguments().length
                == method.tags().size();
    }

    /** Returns what stands before the equals sign, or an empty text if nothing does. */
    static String parameter(String argument) {
        return argument.substring(0, Math.max(0, argument.indexOf(EQUALS)));
    }
}
