package io.nearfar.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.key.Glob;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What settings say of a pattern is what comes of it. */
class PatternSyntaxTest {
    private static final long SEED = 20_261_126;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a*?b",
                "[abc]",
                "[^a-z]",
                "[-a]",
                "[a-]",
                "[\\]]",
                "[\\a-\\z]",
                "\\[",
                "a]b",
                "𝄞[𝄀-𝄞]"
            })
    void fault_ofWhatIsRight_isNone(String pattern) {
        assertThat(PatternSyntax.fault(pattern)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "a\\,       a backslash that no character follows",
        "[a\\,      a backslash that no character follows",
        "a[bc,      a bracket that is not closed",
        "[,         a bracket that is not closed",
        "[^,        a bracket that is not closed",
        "[a-,       a bracket that is not closed",
        "a[],       brackets with nothing in them",
        "[^],       brackets with nothing in them",
        "[z-a],     a range that goes backwards",
        "[\\z-\\a], a range that goes backwards"
    })
    void fault_namesWhatIsWrong(String pattern, String what) {
        assertThat(PatternSyntax.fault(pattern)).contains(what);
    }

    @Test
    void fault_ofAnyText_isThereWhereThePatternMeansNothing() {
        Random random = new Random(SEED);
        for (int round = 0; round < 20_000; round++) {
            StringBuilder pattern = new StringBuilder();
            int length = 1 + random.nextInt(8);
            for (int i = 0; i < length; i++) {
                pattern.append("ab[]^-\\*?".charAt(random.nextInt(9)));
            }
            assertThat(PatternSyntax.fault(pattern.toString()) == null)
                    .as("%s (seed %d)", pattern, SEED)
                    .isEqualTo(isPattern(pattern.toString()));
        }
    }

    private static boolean isPattern(String pattern) {
        try {
            return Glob.of(pattern) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
