package io.nearfar.cdi.method;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.tier.KeyPatterns;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is found in a pattern when the application starts is what the cache would find at each call. */
class PatternPieceTest {
    private static final String CHARACTERS = "[]^-\\az*";

    private static boolean isRight(String pattern) {
        try {
            return KeyPatterns.checked(pattern).equals(pattern);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static List<String> patterns(int length) {
        List<String> all = List.of("");
        for (int i = 0; i < length; i++) {
            List<String> longer = new ArrayList<>();
            all.forEach(shorter -> CHARACTERS.chars().forEach(c -> longer.add(shorter + (char) c)));
            all = longer;
        }
        return all;
    }

    @Test
    void fault_isWhatTheCacheWouldRefuse() {
        for (int length = 1; length <= 5; length++) {
            assertThat(patterns(length))
                    .allSatisfy(pattern -> assertThat(new PatternPiece(pattern).fault() == null)
                            .as(pattern)
                            .isEqualTo(isRight(pattern)));
        }
    }

    @Test
    void value_meansItself_whereverItStands() {
        assertThat(PatternTexts.escaped("a-z[1]*?^\\")).isEqualTo("a\\-z\\[1\\]\\*\\?\\^\\\\");
    }
}
