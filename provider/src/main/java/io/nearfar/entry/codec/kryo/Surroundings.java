package io.nearfar.entry.codec.kryo;

import io.nearfar.ValueCodec;
import java.io.IOException;

/** What the codec takes from its parent: the forms of standard types, and Java serialization for what only that can do. */
public interface Surroundings {
    /** Tells whether direct instances of the class have a compact form. */
    boolean hasCompactForm(Class<?> type);

    /** Returns the compact form of an object whose class has one. */
    byte[] compact(Object value);

    /**
     * Returns the object of a compact form.
     *
     * @throws IOException if the bytes are none
     */
    Object expand(byte[] compact) throws IOException;

    /** Returns Java serialization, which asks for each class as this codec does. */
    ValueCodec serialization();
}
