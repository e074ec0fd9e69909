package io.nearfar.cdi.matrix;

import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A bean in which all members of an annotation stand, at one kind of place; each of its methods shows one of them. The same
 * check looks at the beans of all places.
 *
 * @param <T> what all of them can do
 * @param place where the annotations stand
 * @param type the interface, which is generic: a call of it reaches the method of a class that says its types by a bridge
 * @param bean the class of the bean
 * @param plain whether to call the method itself that the class, or one above it, declares
 */
record Shape<T>(Cell.Place place, Class<?> type, Class<? extends T> bean, boolean plain) {
    /** Tells whether a member does what it should in a bean. */
    interface Check<T> {
        /** All that is kept or counted of the check has that id. */
        boolean holds(Beans beans, T bean, String id) throws Exception;
    }

    /**
     * Returns the shapes of a group.
     *
     * @param type what all can do, with type parameters
     * @param own the class at whose own methods the annotations stand
     * @param heir a subclass of it that has nothing of its own
     * @param open what inherits the default methods of a generic interface, at which they stand
     * @param later likewise, with methods that answer by a stage
     */
    static <T> List<Shape<T>> all(
            Class<?> type,
            Class<? extends T> own,
            Class<? extends T> heir,
            Class<? extends T> open,
            Class<? extends T> later) {
        return List.of(
                new Shape<T>(Cell.Place.METHOD, type, own, true),
                new Shape<T>(Cell.Place.INHERITED, type, heir, true),
                new Shape<T>(Cell.Place.INHERITED, type, open, false),
                new Shape<T>(Cell.Place.GENERIC, type, own, false),
                new Shape<T>(Cell.Place.GENERIC, type, open, false),
                new Shape<T>(Cell.Place.ASYNCHRONOUS, type, later, false));
    }

    /** Returns the shapes with one more, at whose methods the annotation stands twice. */
    static <T> List<Shape<T>> and(List<Shape<T>> shapes, Class<? extends T> repeated) {
        List<Shape<T>> all = new ArrayList<>(shapes);
        all.add(new Shape<T>(Cell.Place.REPEATED, shapes.get(0).type(), repeated, true));
        return List.copyOf(all);
    }

    /** Returns a cell for each place, in which the check holds for all shapes of that place. */
    static <T> List<Cell> cells(
            List<Shape<T>> shapes, Class<? extends Annotation> annotation, String member, Check<T> check) {
        Map<Cell.Place, List<Shape<T>>> places = new LinkedHashMap<>();
        shapes.forEach(shape -> places.computeIfAbsent(shape.place(), place -> new ArrayList<>())
                .add(shape));
        List<Cell> cells = new ArrayList<>();
        places.forEach((place, there) -> cells.add(
                new Cell(annotation, member, place, beans -> areAll(there, annotation, member, beans, check))));
        return cells;
    }

    private static <T> boolean areAll(
            List<Shape<T>> shapes, Class<? extends Annotation> annotation, String member, Beans beans, Check<T> check)
            throws Exception {
        for (Shape<T> shape : shapes) {
            if (!check.holds(beans, shape.of(beans), shape.id(annotation, member))) {
                throw new IllegalStateException("not in " + shape.bean().getName());
            }
        }
        return true;
    }

    /** What is shown in one bean of one place has nothing to do with what is shown elsewhere. */
    private String id(Class<? extends Annotation> annotation, String member) {
        return Cell.name(annotation, member) + "-" + bean.getSimpleName() + "-" + place;
    }

    private T of(Beans beans) {
        T found = beans.of(bean);
        return plain ? called(found) : found;
    }

    /** Has the methods of the interface call those of the same name that the class declares, and not their bridges. */
    @SuppressWarnings("unchecked") // T is what all can do, and the proxy does it
    private T called(T found) {
        return (T) Proxy.newProxyInstance(bean.getClassLoader(), new Class<?>[] {type}, (proxy, asked, arguments) -> {
            try {
                return declared(asked).invoke(found, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    private Method declared(Method asked) {
        for (Class<?> each = bean; each != null; each = each.getSuperclass()) {
            Method found = Arrays.stream(each.getDeclaredMethods())
                    .filter(method -> method.getName().equals(asked.getName()) && !method.isBridge())
                    .filter(method -> method.getParameterCount() == asked.getParameterCount())
                    .findFirst()
                    .orElse(null);
            if (found != null) {
                return found;
            }
        }
        throw new IllegalStateException(bean.getName() + " has no method " + asked.getName());
    }
}
