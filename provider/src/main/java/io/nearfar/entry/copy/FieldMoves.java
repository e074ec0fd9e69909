package io.nearfar.entry.copy;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;

/**
 * Composes method handles that carry fields from one object to another, so that the JVM compiles them like written code.
 * Each handle takes (walk, source, target) and moves a few fields: one handle for hundreds would be too long to compile.
 */
final class FieldMoves {
    private static final int FIELDS_PER_MOVE = 16;
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final MethodHandle COPY = copyMethod();

    private FieldMoves() {}

    /**
     * Returns the moves of all fields.
     *
     * @param fields instance fields, made accessible
     */
    static MethodHandle[] of(List<Field> fields) throws IllegalAccessException {
        List<MethodHandle> moves = new ArrayList<>();
        for (int i = 0; i < fields.size(); i += FIELDS_PER_MOVE) {
            moves.add(together(fields.subList(i, Math.min(fields.size(), i + FIELDS_PER_MOVE))));
        }
        return moves.toArray(new MethodHandle[0]);
    }

    private static MethodHandle together(List<Field> fields) throws IllegalAccessException {
        MethodHandle all = null;
        for (Field field : fields) {
            MethodHandle one = Plans.isFixed(field.getType()) ? share(field) : copy(field);
            all = all == null ? one : MethodHandles.foldArguments(one, all);
        }
        return java.util.Objects.requireNonNull(all, "no fields to move");
    }

    private static MethodHandle share(Field field) throws IllegalAccessException {
        MethodHandle move = MethodHandles.filterArguments(
                LOOKUP.unreflectSetter(field), 1, LOOKUP.unreflectGetter(field)); // (target, source)
        MethodHandle loose = move.asType(methodType(void.class, Object.class, Object.class));
        MethodHandle turned =
                MethodHandles.permuteArguments(loose, methodType(void.class, Object.class, Object.class), 1, 0);
        return MethodHandles.dropArguments(turned, 0, Walk.class);
    }

    private static MethodHandle copy(Field field) throws IllegalAccessException {
        MethodHandle get = LOOKUP.unreflectGetter(field).asType(methodType(Object.class, Object.class));
        MethodHandle copied = MethodHandles.filterArguments(COPY, 1, get); // (walk, source) -> copy
        MethodHandle set = LOOKUP.unreflectSetter(field).asType(methodType(void.class, Object.class, Object.class));
        MethodHandle move = MethodHandles.collectArguments(set, 1, copied); // (target, walk, source)
        return MethodHandles.permuteArguments(
                move, methodType(void.class, Walk.class, Object.class, Object.class), 2, 0, 1);
    }

    private static MethodHandle copyMethod() {
        try {
            return LOOKUP.findVirtual(Walk.class, "copy", methodType(Object.class, Object.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this class does not fit to " + Walk.class, e);
        }
    }

    /** Runs all moves. */
    static void run(MethodHandle[] moves, Walk walk, Object source, Object target) {
        try {
            for (MethodHandle move : moves) {
                move.invokeExact(walk, source, target);
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("moving fields threw a checked exception, which nothing in it declares", e);
        }
    }
}
