package io.nearfar.benchmarks.peer;

import java.util.function.IntFunction;

/** The two kinds of values that are cached. */
public enum Values {
    /** A number: nothing to copy. */
    NUMBER(Long.class, Long::valueOf),
    /** An object of ten fields that a caller could change. */
    OBJECT(City.class, City::numbered);

    private final Class<?> type;
    private final IntFunction<Object> maker;

    Values(Class<?> type, IntFunction<Object> maker) {
        this.type = type;
        this.maker = maker;
    }

    /** Returns the type that caches are declared with. */
    public Class<?> type() {
        return type;
    }

    /** Tells whether a caller can change a value, so that by value means a copy. */
    public boolean changeable() {
        return this == OBJECT;
    }

    /** Returns the value of that number. */
    public Object numbered(int number) {
        return maker.apply(number);
    }
}
