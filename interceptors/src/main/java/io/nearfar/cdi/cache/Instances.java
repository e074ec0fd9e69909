package io.nearfar.cdi.cache;

/** Where key generators and resolver factories of the application come from: beans, or objects of their classes. */
@FunctionalInterface
public interface Instances {
    /**
     * Returns the bean of that class if there is exactly one, else a new object.
     *
     * @throws RuntimeException if it cannot be made
     */
    <T> T of(Class<T> type);
}
