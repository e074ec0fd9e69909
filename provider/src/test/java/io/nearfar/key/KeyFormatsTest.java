package io.nearfar.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.ReadableKey;
import io.nearfar.entry.StandardValues;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyFormatsTest {
    private final KeyFormat<Object> format = KeyFormats.of(Object.class, CodecKeys.of(Object.class));

    @Test
    void text_ofStringWithoutOddities_isTheString() {
        assertThat(format.text("42:30d")).isEqualTo(new KeyText("42:30d", null));
        assertThat(format.text("a b*?[]{}ä𝄞").text()).isEqualTo("a b*?[]{}ä𝄞");
    }

    @Test
    void text_ofNumber_carriesItsType() {
        assertThat(format.text(1).text()).isEqualTo("~i:1");
        assertThat(format.text(1L).text()).isEqualTo("~l:1");
        assertThat(format.text("1").text()).isEqualTo("1");
    }

    /** A key that is no parts and no standard value, and that nothing can encode. */
    private record Opaque(Thread thread) {}

    @Test
    void shown_isTheTextThatShowsTheKeyInFull() {
        String longText = "a:".repeat(5_000);
        assertThat(format.shown("42:30d")).isEqualTo("42:30d");
        assertThat(format.shown(longText)).isEqualTo(longText);
        assertThat(format.shown("~i:42")).isEqualTo("~i:42");
        assertThat(format.shown("")).isEmpty();
        assertThat(format.shown(42)).isEqualTo("~i:42");
        assertThat(format.shown(List.of("a:b", 24))).isEqualTo("~[si]:a%3ab:24");
        assertThat(format.shown((ReadableKey) () -> List.of("user", 42))).isEqualTo("~(si):user:42");
    }

    @Test
    void shown_ofWhatNoTextShows_isNull() {
        assertThat(format.shown(new Opaque(Thread.currentThread()))).isNull();
        assertThat(format.shown(Map.of())).isNull();
        assertThat(format.shown(List.of("a".repeat(300)))).isNull();
        assertThat(format.shown(List.of(new Opaque(Thread.currentThread())))).isNull();
    }

    @Test
    void text_ofAwkwardKeys_differsAndComesBack() {
        Map<String, Object> seen = new HashMap<>();
        for (Object key : StandardValues.awkward()) {
            KeyText text = format.text(key);
            assertThat(seen.put(text.text(), key))
                    .as("other key with text %s", text.text())
                    .isNull();
            assertThat(text.text().length()).isLessThan(300);
            assertThat(format.key(text)).as("read back from %s", text.text()).isEqualTo(key);
        }
    }

    @Test
    void text_ofRandomKeys_isEqualExactlyForEqualKeys() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Map<String, Object> seen = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            Object key = random.nextInt(3) == 0
                    ? List.of(StandardValues.random(random), StandardValues.random(random))
                    : StandardValues.random(random);
            KeyText text = format.text(key);
            Object other = seen.put(text.text(), key);
            assertThat(other == null || other.equals(key))
                    .as("seed %d: %s and %s are both %s", seed, key, other, text)
                    .isTrue();
            assertThat(format.key(text))
                    .as("seed %d, text %s", seed, text.text())
                    .isEqualTo(key);
        }
    }
}
