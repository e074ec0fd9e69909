package io.nearfar.release;

import static java.util.stream.Collectors.joining;

import java.lang.annotation.Annotation;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericDeclaration;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What code of users can name of a class: one line for the class, and one for each member. Written in the same way by any JDK. */
final class Signatures {
    private Signatures() {}

    /** The lines of the class and of those that it holds; none if no user can name it. */
    static Stream<String> of(Class<?> type) {
        if (!isOpen(type.getModifiers())) {
            return Stream.empty();
        }
        return Stream.concat(
                Stream.concat(Stream.of(header(type)), members(type).sorted().map(line -> "  " + line)),
                Arrays.stream(type.getDeclaredClasses())
                        .sorted((one, other) -> one.getName().compareTo(other.getName()))
                        .flatMap(Signatures::of));
    }

    private static String header(Class<?> type) {
        StringBuilder line = new StringBuilder(annotations(type.getAnnotations()))
                .append(modifiers(type.getModifiers() & ~Modifier.INTERFACE))
                .append(kind(type))
                .append(type.getName())
                .append(variables(type));
        if (type.getGenericSuperclass() != null && type.getGenericSuperclass() != Object.class) {
            line.append(" extends ").append(type.getGenericSuperclass().getTypeName());
        }
        if (type.getInterfaces().length > 0) {
            line.append(" implements ").append(names(type.getGenericInterfaces()));
        }
        if (type.isSealed()) {
            line.append(" permits ").append(names(type.getPermittedSubclasses()));
        }
        return line.toString();
    }

    private static Stream<String> members(Class<?> type) {
        Stream<String> fields = Arrays.stream(type.getDeclaredFields())
                .filter(Signatures::isShown)
                .map(Signatures::line);
        Stream<String> constructors = Arrays.stream(type.getDeclaredConstructors())
                .filter(Signatures::isShown)
                .map(Signatures::line);
        Stream<String> methods = Arrays.stream(type.getDeclaredMethods())
                .filter(Signatures::isShown)
                .map(Signatures::line);
        return Stream.of(fields, constructors, methods).flatMap(lines -> lines);
    }

    private static String line(Field field) {
        return annotations(field.getAnnotations()) + modifiers(field.getModifiers())
                + field.getGenericType().getTypeName() + " " + field.getName();
    }

    private static String line(Constructor<?> constructor) {
        return annotations(constructor.getAnnotations()) + modifiers(constructor.getModifiers())
                + variables(constructor) + "new" + parameters(constructor);
    }

    private static String line(Method method) {
        String end = method.getDefaultValue() == null ? "" : " default " + value(method.getDefaultValue());
        return annotations(method.getAnnotations()) + modifiers(method.getModifiers())
                + (method.isDefault() ? "default " : "") + variables(method)
                + method.getGenericReturnType().getTypeName() + " " + method.getName() + parameters(method) + end;
    }

    private static String parameters(Executable called) {
        Parameter[] parameters = called.getParameters();
        String inside = Arrays.stream(parameters)
                .map(parameter -> annotations(parameter.getAnnotations())
                        + parameter.getParameterizedType().getTypeName())
                .collect(joining(", ", "(", ")"));
        Type[] thrown = called.getGenericExceptionTypes();
        return inside + (thrown.length == 0 ? "" : " throws " + names(thrown));
    }

    private static String variables(GenericDeclaration declaration) {
        TypeVariable<?>[] variables = declaration.getTypeParameters();
        return variables.length == 0
                ? ""
                : Arrays.stream(variables)
                        .map(Signatures::bounded)
                        .collect(joining(", ", "<", declaration instanceof Class ? ">" : "> "));
    }

    private static String bounded(TypeVariable<?> variable) {
        List<Type> bounds = Arrays.stream(variable.getBounds())
                .filter(bound -> bound != Object.class)
                .toList();
        return variable.getName() + (bounds.isEmpty() ? "" : " extends " + names(bounds.toArray(new Type[0])));
    }

    /** Those that change what a user's code means; others, of frameworks, say how ours works. */
    private static String annotations(Annotation[] annotations) {
        return Arrays.stream(annotations)
                .map(Signatures::annotation)
                .filter(text -> !text.isEmpty())
                .sorted()
                .map(text -> text + " ")
                .collect(joining());
    }

    private static String annotation(Annotation annotation) {
        if (annotation instanceof Deprecated) {
            return "@Deprecated";
        }
        if (annotation instanceof FunctionalInterface) {
            return "@FunctionalInterface";
        }
        if (annotation instanceof Inherited) {
            return "@Inherited";
        }
        if (annotation instanceof Retention retention) {
            return "@Retention(" + retention.value() + ")";
        }
        if (annotation instanceof Target target) {
            return "@Target(" + value(target.value()) + ")";
        }
        if (annotation instanceof Repeatable repeatable) {
            return "@Repeatable(" + repeatable.value().getName() + ")";
        }
        return "";
    }

    private static String value(Object value) {
        if (value instanceof Object[] several) {
            return Arrays.stream(several).map(Signatures::value).collect(joining(", ", "{", "}"));
        }
        if (value instanceof Class<?> type) {
            return type.getName();
        }
        return value instanceof String text ? '"' + text + '"' : String.valueOf(value);
    }

    private static String names(Type[] types) {
        return Arrays.stream(types).map(Type::getTypeName).collect(joining(", "));
    }

    private static String kind(Class<?> type) {
        if (type.isAnnotation()) {
            return "@interface ";
        }
        if (type.isInterface()) {
            return "interface ";
        }
        return type.isEnum() ? "enum " : type.isRecord() ? "record " : "class ";
    }

    private static String modifiers(int modifiers) {
        int shown = modifiers
                & (Modifier.PUBLIC | Modifier.PROTECTED | Modifier.STATIC | Modifier.FINAL | Modifier.ABSTRACT);
        return shown == 0 ? "" : Modifier.toString(shown) + " ";
    }

    private static boolean isShown(Member member) {
        return isOpen(member.getModifiers()) && !member.isSynthetic();
    }

    private static boolean isOpen(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }
}
