package io.nearfar.entry.codec;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * One standard type of the compact form.
 *
 * @param tag the first byte of the encoded form; part of the format and never given to another type
 * @param type the class whose direct instances are written so
 * @param writer writes the rest
 * @param reader reads it back from bytes that may be garbage; what is left over is garbage too
 */
record CompactType<T>(int tag, Class<?> type, Writer<T> writer, Reader<T> reader) {
    /** Writes a value after its tag. */
    interface Writer<T> {
        void write(DataOutputStream out, T value) throws IOException;
    }

    /** Reads a value after its tag; {@code in.available()} is what is left. */
    interface Reader<T> {
        T read(DataInputStream in) throws IOException;
    }
}
