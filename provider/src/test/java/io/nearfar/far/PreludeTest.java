package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PreludeTest {
    private static final Pattern FUNCTION = Pattern.compile("(?m)^local function (\\w+)");
    private static final Pattern LOCALS = Pattern.compile("(?m)^local (?:function )?(\\w+(?:, \\w+)*)");
    private static final String TEXT = """
            -- What it is for.

            always()

            local ONE, TWO = 1, 2

            -- Says one.
            local function one()
              return ONE
            end

            local function both() -- not three
              return one() + TWO
            end

            local function three()
              return 3
            end
            """;

    /** Of what stands before it a script gets what it names, and what that names; what is in no local stays. */
    @ParameterizedTest
    @CsvSource({
        "return 0,             0000",
        "return ONE,           1000",
        "return one(),         1100",
        "return both(),        1110",
        "return three(),       0001",
        "return 0 -- three,    0000",
        "return another_three, 0000"
    })
    void script_isGivenWhatItUses(String script, String parts) {
        String text = new Prelude(TEXT).before(script);
        List<String> begins =
                List.of("local ONE, TWO", "local function one", "local function both", "local function three");
        StringBuilder found = new StringBuilder();
        begins.forEach(begin -> found.append(text.contains(begin) ? '1' : '0'));
        assertThat(found).hasToString(parts);
        assertThat(text).startsWith("-- What it is for.\n\nalways()\n\n").endsWith("\n\n" + script);
        assertThat(text.contains("-- Says one.")).isEqualTo(parts.charAt(1) == '1');
    }

    /** Else a part of it would be left out. */
    @Test
    void functionsOfThePrelude_haveNoEmptyLine() {
        List<String> parts = Arrays.asList(ScriptTrace.text("prelude").strip().split("\n\n"));
        assertThat(parts)
                .filteredOn(part -> FUNCTION.matcher(part).find())
                .hasSizeGreaterThan(40)
                .allMatch(part -> part.endsWith("\nend"));
        assertThat(parts).allMatch(part -> FUNCTION.matcher(part).results().count() < 2);
    }

    @ParameterizedTest
    @EnumSource
    void noScript_isGivenAFunctionThatItDoesNotUse(Script script) {
        String code = script.text().replaceAll("--.*", "");
        assertThat(FUNCTION.matcher(code).results().map(found -> found.group(1)))
                .allMatch(name -> Pattern.compile("\\b" + name + "\\b")
                                .matcher(code)
                                .results()
                                .count()
                        > 1);
    }

    /** What it is not given would be nothing to it, and that only where it comes by. */
    @ParameterizedTest
    @EnumSource
    void noScript_namesWhatItIsNotGiven(Script script) {
        String code = script.text().replaceAll("--.*", "");
        assertThat(LOCALS.matcher(ScriptTrace.text("prelude"))
                        .results()
                        .flatMap(found -> Stream.of(found.group(1).split(", "))))
                .hasSizeGreaterThan(50)
                .filteredOn(name -> Pattern.compile("(?<![\\w.])" + name + "\\b(?! *=[^=])")
                        .matcher(code)
                        .find())
                .allMatch(name -> Pattern.compile("\\blocal (?:function )?(?:\\w+, )*" + name + "\\b")
                        .matcher(code)
                        .find());
    }
}
