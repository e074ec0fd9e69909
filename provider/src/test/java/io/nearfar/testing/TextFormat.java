package io.nearfar.testing;

import io.nearfar.entry.Value;
import io.nearfar.entry.ValueFormat;
import java.nio.charset.StandardCharsets;

/** Strings as values; a string that begins with {@code ?} stands for a value whose type is not trusted here. */
public final class TextFormat implements ValueFormat<String> {
    @Override
    public Value<String> keep(String value) {
        return new Text(value);
    }

    @Override
    public Value<String> decode(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.startsWith("?") ? null : new Text(text);
    }

    private record Text(String get) implements Value<String> {
        @Override
        public String shared() {
            return get;
        }

        @Override
        public byte[] bytes() {
            return get.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public int weight() {
            return 48 + 2 * get.length();
        }
    }
}
