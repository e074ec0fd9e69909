package io.nearfar.cdi.annotation;

/** What a bean has that says something of the limits of calls, the key or the limit itself; one bean may do both. */
public interface LimitResolver {
    /** Tells whether it reads arguments; if not, a filter can decide before the request is read. */
    default boolean readsArguments() {
        return true;
    }
}
