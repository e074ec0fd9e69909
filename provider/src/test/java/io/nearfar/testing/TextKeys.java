package io.nearfar.testing;

import io.nearfar.key.Glob;
import io.nearfar.key.KeyFormat;
import io.nearfar.key.KeyText;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/**
 * Strings as keys: their own text. A key that begins with {@code #} is stored by its length alone with its bytes beside
 * it, as a key is whose text does not give it back.
 */
public final class TextKeys implements KeyFormat<String> {
    /** Returns which of such keys match a pattern. */
    public static Predicate<String> matching(String pattern) {
        Glob glob = Glob.of(pattern);
        return key -> glob.test(new TextKeys().text(key).text());
    }

    @Override
    public KeyText text(String key) {
        return key.startsWith("#")
                ? new KeyText("#" + key.hashCode(), key.getBytes(StandardCharsets.UTF_8))
                : new KeyText(key, null);
    }

    @Override
    public String shown(String key) {
        return key;
    }

    @Override
    public String key(KeyText text) {
        return text.bytes() == null ? text.text() : new String(text.bytes(), StandardCharsets.UTF_8);
    }

    @Override
    public String keep(String key) {
        return key;
    }
}
