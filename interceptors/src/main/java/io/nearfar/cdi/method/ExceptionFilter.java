package io.nearfar.cdi.method;

import java.util.List;

/**
 * Which exceptions of a method let something happen to the cache all the same (JSR-107, the lists of each annotation).
 * With both lists an exception must be of the first and not of the second; with one list that one decides.
 *
 * @param included classes of which an exception must be an instance, unless empty
 * @param excluded classes of which an exception must not be an instance
 * @param whenEmpty the answer if both lists are empty
 */
public record ExceptionFilter(
        List<Class<? extends Throwable>> included, List<Class<? extends Throwable>> excluded, boolean whenEmpty) {

    /** Takes the lists as the annotations give them. */
    static ExceptionFilter of(
            Class<? extends Throwable>[] included, Class<? extends Throwable>[] excluded, boolean whenEmpty) {
        return new ExceptionFilter(List.of(included), List.of(excluded), whenEmpty);
    }

    /**
     * Tells whether {@code thrown} passes. An {@link Error} passes only if {@link #included} names one of its classes:
     * that the machine ran out of memory says nothing about the method's answer.
     */
    public boolean passes(Throwable thrown) {
        if (isEmpty()) {
            return whenEmpty && thrown instanceof Exception;
        }
        boolean wanted = included.isEmpty() ? thrown instanceof Exception : isOneOf(included, thrown);
        return wanted && !isOneOf(excluded, thrown);
    }

    /** Tells whether no class is named at all. */
    boolean isEmpty() {
        return included.isEmpty() && excluded.isEmpty();
    }

    /** Returns the classes that both lists name, which therefore never pass. */
    List<Class<? extends Throwable>> contradictions() {
        return included.stream().filter(excluded::contains).toList();
    }

    private static boolean isOneOf(List<Class<? extends Throwable>> classes, Throwable thrown) {
        return classes.stream().anyMatch(type -> type.isInstance(thrown));
    }
}
