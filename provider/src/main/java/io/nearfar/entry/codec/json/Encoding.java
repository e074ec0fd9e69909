package io.nearfar.entry.codec.json;

import io.nearfar.ValueCodec.Types;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Whose classes are announced in this thread: Jackson asks for the name of a class without telling for which call. */
final class Encoding {
    private static final ThreadLocal<Types> CURRENT = new ThreadLocal<>();

    private Encoding() {}

    /** What is written while classes are announced. */
    interface Writing {
        byte[] write() throws IOException;
    }

    /** An encoding may be within another: what is written may itself use a cache. */
    static byte[] with(Types types, Writing writing) throws IOException {
        @Nullable Types outer = CURRENT.get();
        CURRENT.set(types);
        try {
            return writing.write();
        } finally {
            restore(outer);
        }
    }

    private static void restore(@Nullable Types outer) {
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
    }

    static void met(Class<?> type) {
        CURRENT.get().met(type);
    }
}
