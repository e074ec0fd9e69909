package io.nearfar.fault.node;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Looks into a cache for what must not stay after quiet: everything that tells by a method {@code pending()} how much is
 * under way. It walks over our own objects by reflection, since no user of a cache can ask for this.
 */
final class Leftovers {
    private static final String OURS = "io.nearfar.";

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Object> next = new ArrayDeque<>();
    private final Map<String, Long> pending = new TreeMap<>();

    private Leftovers() {}

    /** Returns what is pending below these objects, by the names of the classes that know it. */
    static Map<String, Long> below(Collection<?> roots) throws ReflectiveOperationException {
        Leftovers walk = new Leftovers();
        roots.forEach(walk::meet);
        while (!walk.next.isEmpty()) {
            walk.look(walk.next.pop());
        }
        return walk.pending;
    }

    private void meet(Object object) {
        if (object instanceof Object[] many) {
            for (Object each : many) {
                meet(each);
            }
        } else if (object instanceof Collection<?> many) {
            many.forEach(this::meet);
        } else if (object instanceof Map<?, ?> many) {
            many.values().forEach(this::meet);
        } else if (object != null && object.getClass().getName().startsWith(OURS) && seen.add(object)) {
            next.push(object);
        }
    }

    private void look(Object object) throws ReflectiveOperationException {
        for (Class<?> type = object.getClass();
                type != null && type.getName().startsWith(OURS);
                type = type.getSuperclass()) {
            for (Method method : type.getDeclaredMethods()) {
                boolean counts = method.getReturnType() == int.class || method.getReturnType() == long.class;
                if (counts && method.getName().equals("pending") && method.getParameterCount() == 0) {
                    method.setAccessible(true);
                    pending.merge(type.getSimpleName(), ((Number) method.invoke(object)).longValue(), Long::sum);
                }
            }
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    field.setAccessible(true);
                    meet(field.get(object));
                }
            }
        }
    }
}
