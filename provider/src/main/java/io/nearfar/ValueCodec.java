package io.nearfar;

import java.io.IOException;

/**
 * Turns objects that have no compact form into bytes and back. Implementations are found by {@link java.util.ServiceLoader}
 * through the class loader of the cache manager, and chosen by their name with {@code nearfar.codec}. They are safe for
 * use by several threads.
 *
 * <p>A codec keeps two duties towards {@link Types}: each class that its bytes name is announced when encoding and asked
 * for when decoding, before anything of it is run. That is what keeps whoever can write to the server from choosing what
 * runs in the application.
 */
public interface ValueCodec {
    /** Returns the name that settings choose it by: lower-case letters, digits and hyphens. It is part of the format. */
    String name();

    /**
     * Returns the bytes of {@code value}, which is never null.
     *
     * @throws IOException if the value cannot be encoded; the text names the class at fault
     * @throws javax.cache.CacheException if {@code types} refuses a class; let it pass
     */
    byte[] encode(Object value, Types types) throws IOException;

    /**
     * Returns the object of these bytes. Whatever the bytes are, no class is used that {@code types} does not return,
     * and no more memory is taken than a small multiple of their length.
     *
     * @throws IOException if the bytes are none of this codec's
     * @throws ClassNotFoundException if a class is missing, or refused by {@code types}; let it pass
     */
    Object decode(byte[] bytes, Types types) throws IOException, ClassNotFoundException;

    /** The classes of one cache: which may be written, which may be read. */
    interface Types {
        /**
         * Announces a class that the bytes will name. Array classes and primitives are allowed too.
         *
         * @throws javax.cache.CacheException if it is not allowed here; names the setting that would allow it
         */
        void met(Class<?> type);

        /**
         * Returns the class of that name, as {@link Class#getName} writes it, not initialized, from the class loader of
         * the cache manager.
         *
         * @throws ClassNotFoundException if it is not trusted here or does not exist
         */
        Class<?> resolve(String name) throws ClassNotFoundException;

        /** Returns the class loader of the cache manager. */
        ClassLoader loader();
    }
}
