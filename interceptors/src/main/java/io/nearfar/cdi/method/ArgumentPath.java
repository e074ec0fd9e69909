package io.nearfar.cdi.method;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Names an argument of a method, or a property of it: {@code cart.tenant}. Safe for use by several threads. */
public final class ArgumentPath {
    private final String text;
    private final int position;
    private final List<Step> steps;

    private record Step(String name, Map<Class<?>, Optional<Property>> known) {
        Step(String name) {
            this(name, new ConcurrentHashMap<>());
        }

        @Nullable
        Property of(Class<?> type) {
            return known.computeIfAbsent(type, each -> Optional.ofNullable(Property.of(each, name)))
                    .orElse(null);
        }
    }

    private ArgumentPath(String text, int position, List<Step> steps) {
        this.text = text;
        this.position = position;
        this.steps = steps;
    }

    /**
     * Reads a path.
     *
     * @param beanClass tells what type variables of the method stand for
     * @throws IllegalArgumentException if the method has no such parameter, that no such property, or what is named has no
     *     text of its own; the message ends with the cure
     */
    public static ArgumentPath of(String text, Method method, Class<?> beanClass) {
        List<String> names = Arrays.asList(text.strip().split("\\.", -1));
        if (names.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException(
                    "does not name an argument. Write its name or position, and properties of it after dots");
        }
        int position = position(names.get(0), method);
        ArgumentPath path = new ArgumentPath(
                text,
                position,
                names.subList(1, names.size()).stream().map(Step::new).toList());
        path.check(method.getGenericParameterTypes()[position], new TypeVariables(beanClass));
        return path;
    }

    /**
     * Returns the text of what is named, or null if it, or something on the way to it, is null.
     *
     * @throws IllegalStateException if a property cannot be read
     */
    public @Nullable String in(List<? extends @Nullable Object> arguments) {
        Object found = arguments.get(position);
        for (Step step : steps) {
            found = content(found);
            if (found == null) {
                return null;
            }
            Property property = step.of(found.getClass());
            if (property == null) {
                throw new IllegalStateException("The key " + text + " names the property " + step.name() + ", and "
                        + found.getClass().getName() + " has none of that name");
            }
            found = property.get(found);
        }
        return text(content(found));
    }

    private static @Nullable Object content(@Nullable Object value) {
        return value instanceof Optional<?> optional ? optional.orElse(null) : value;
    }

    private static @Nullable String text(@Nullable Object value) {
        if (value == null || !value.getClass().isArray()) {
            return value == null ? null : value.toString();
        }
        return Arrays.deepToString(new Object[] {value});
    }

    private static int position(String name, Method method) {
        Parameter[] parameters = method.getParameters();
        for (int i = 0; i < parameters.length; i++) {
            if (name.equals(String.valueOf(i))
                    || (parameters[i].isNamePresent() && name.equals(parameters[i].getName()))) {
                return i;
            }
        }
        throw new IllegalArgumentException(
                "names the argument " + name + ", and the method has none of that name. " + cure(parameters));
    }

    private static String cure(Parameter[] parameters) {
        if (parameters.length == 0) {
            return "It has no arguments at all: use another key";
        } else if (!parameters[0].isNamePresent()) {
            return "Its class was compiled without names of parameters: use positions, 0 for the first, or compile it with"
                    + " -parameters";
        }
        return "Write one of "
                + Arrays.stream(parameters).map(Parameter::getName).collect(Collectors.joining(", "));
    }

    private void check(Type parameter, TypeVariables variables) {
        Type type = variables.resolve(parameter);
        for (Step step : steps) {
            Class<?> owner = variables.boxed(type);
            if (owner == Object.class || owner == Optional.class) {
                return; // only the call can tell
            }
            Property property = step.of(owner);
            if (property == null) {
                throw new IllegalArgumentException("names the property " + step.name() + ", and " + owner.getName()
                        + " has none of that name: no public method " + step.name()
                        + "() or get…, and no public field. Name one that it has");
            }
            if (TypeVariables.isOpen(property.type())) {
                return; // likewise
            }
            type = variables.resolve(property.type());
        }
        checkText(variables.boxed(type));
    }

    /** Text that differs from object to object would give each call permits of its own. */
    private static void checkText(Class<?> type) {
        boolean isOpen = type.isInterface()
                || type.isArray()
                || type == Object.class
                || Modifier.isAbstract(type.getModifiers());
        if (!isOpen && declaringTextOf(type) == Object.class) {
            throw new IllegalArgumentException("names a " + type.getName()
                    + ", which has no toString of its own, so that no two calls would have the same key. Name a property"
                    + " of it");
        }
    }

    private static Class<?> declaringTextOf(Class<?> type) {
        try {
            return type.getMethod("toString").getDeclaringClass();
        } catch (NoSuchMethodException e) {
            throw new AssertionError("every class has toString(): " + type.getName(), e);
        }
    }
}
