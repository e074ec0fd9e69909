package io.nearfar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.nearfar.InvalidationDeclaration;
import io.nearfar.NamedInvalidation;
import io.nearfar.key.Glob;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a declared invalidation comes to, and what is wrong with one. */
class InvalidationPlanTest {
    private static final InvalidationDeclaration USER =
            InvalidationDeclaration.of("user", "id").withCaches("people", "feed-*");

    private static InvalidationPlan.Targets targets(
            InvalidationDeclaration declaration, Map<String, Object> arguments) {
        return InvalidationPlan.of(declaration).targets(arguments);
    }

    @Test
    void targets_areTheTemplatesWithTheirValues() {
        InvalidationPlan.Targets targets = targets(
                USER.withTags("user:{id}", "users")
                        .withKeys("{id}")
                        .withPrefixes("feed:{id}:")
                        .withPatterns("{{{id}}}:*"),
                Map.of("id", 7));

        assertThat(targets)
                .isEqualTo(new InvalidationPlan.Targets(
                        Set.of("user:7", "users"), Set.of("7"), Set.of("feed:7:"), Set.of("{7}:*"), false, false));
    }

    @Test
    void whatEndsSoftly_isJoinedApart_andAfterWhatDoesNot() {
        InvalidationPlan.Targets hard = targets(USER.withTags("user:{id}"), Map.of("id", 7));
        InvalidationPlan.Targets soft = targets(USER.withTags("{id}").withSoft(), Map.of("id", 8));
        InvalidationPlan.Targets more = targets(USER.withTags("{id}").withSoft(), Map.of("id", 9));
        InvalidationPlan.Targets all =
                targets(InvalidationDeclaration.of("all").withCaches("c").withClear(), Map.of());

        assertThat(InvalidationPlan.Targets.joined(List.of(soft, hard, more)))
                .containsExactly(
                        new InvalidationPlan.Targets(Set.of("user:7"), Set.of(), Set.of(), Set.of(), false, false),
                        new InvalidationPlan.Targets(Set.of("8", "9"), Set.of(), Set.of(), Set.of(), false, true));
        assertThat(InvalidationPlan.Targets.joined(List.of(soft, all))).containsExactly(all);
    }

    @Test
    void targets_ofSeveralValues_areOneForEachChoice() {
        InvalidationDeclaration shop = InvalidationDeclaration.of("shop", "id", "region")
                .withCaches("c")
                .withTags("{region}:{id}:{region}", "all", "only:{id}");

        assertThat(targets(shop, Map.of("id", List.of(1, 2), "region", Set.of("eu")))
                        .tags())
                .containsExactlyInAnyOrder("eu:1:eu", "eu:2:eu", "all", "only:1", "only:2");
        assertThat(targets(shop, Map.of("id", List.of(), "region", "eu")).tags())
                .containsExactly("all");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "?", "[a]", "^", "\\", "]", "{id}", "}", "a-b", "*:[^?]\\"})
    void value_isExactlyAValue(String value) {
        InvalidationPlan.Targets targets =
                targets(USER.withPatterns("feed:{id}:*", "{id}").withTags("t:{id}"), Map.of("id", value));

        assertThat(targets.tags()).containsExactly("t:" + value);
        assertThat(targets.patterns()).hasSize(2).allSatisfy(pattern -> {
            assertThat(List.of("feed:" + value + ":x", value)).anyMatch(Glob.of(pattern));
            assertThat(Glob.of(pattern)).rejects("feed:other:x", "other", "a", "x");
        });
    }

    /** Whatever stands before it in the pattern, which is right by itself, and behind it. */
    @Test
    void value_ofAnyCharacters_isExactlyAValue() {
        long seed = 4_711;
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            String value = IntStream.range(0, 1 + random.nextInt(6))
                    .mapToObj(i -> String.valueOf("ab[]^-\\*?{}".charAt(random.nextInt(11))))
                    .collect(Collectors.joining());
            String pattern = targets(USER.withPatterns("[xy]\\*{id}?"), Map.of("id", value))
                    .patterns()
                    .iterator()
                    .next();
            assertThat(Glob.of(pattern))
                    .as("%s (seed %d)", value, seed)
                    .accepts("x*" + value + "z")
                    .rejects("x*z");
        }
    }

    /** What no entry can carry and no key can show ends nothing, and leaves the rest. */
    @Test
    void value_thatCannotBe_endsNothing() {
        InvalidationDeclaration all = USER.withTags("{id}", "users")
                .withKeys("{id}")
                .withPrefixes("{id}", "p")
                .withPatterns("{id}", "q*");
        for (String value : List.of("", "x".repeat(501), "\ud834")) {
            InvalidationPlan.Targets targets = targets(all, Map.of("id", value));

            assertThat(targets.tags()).containsExactly("users");
            assertThat(targets.prefixes()).containsExactly("p");
            assertThat(targets.patterns()).containsExactly("q*");
        }
    }

    @Test
    void arguments_thatAreMissingOrUnknownOrTooMany_areRefused() {
        InvalidationDeclaration user = USER.withTags("user:{id}");
        InvalidationPlan plan = InvalidationPlan.of(user);
        List<Integer> many = IntStream.rangeClosed(0, 100_000).boxed().toList();

        assertThatThrownBy(() -> plan.targets(Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The invalidation user(id) is given no id");
        assertThatThrownBy(() -> plan.targets(Map.of("id", 1, "ids", 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is given ids, which is no parameter of it");
        assertThatThrownBy(() -> plan.targets(Map.of("id", many)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("more than 100000 texts");
        assertThatThrownBy(() -> plan.with(1, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is given 2 arguments; give one for each parameter");
        assertThatThrownBy(() -> plan.with((Object) null))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("The argument id of an invalidation is null");
        assertThatThrownBy(() -> plan.targets(Map.of("id", Collections.singletonList(null))))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("leave it out");
        assertThat(plan.with(7)).isEqualTo(new NamedInvalidation("user", Map.of("id", 7)));
    }

    static Stream<Arguments> faults() {
        InvalidationDeclaration bare = InvalidationDeclaration.of("user", "id");
        return Stream.of(
                arguments(bare.withTags("{id}"), "caches: the invalidation names no caches."),
                arguments(
                        InvalidationDeclaration.of("all").withCaches("c"),
                        "caches: the invalidation ends nothing in them. Give it tags,"),
                arguments(USER.withTags("users"), "parameters: the parameter id stands nowhere. Write {id}"),
                arguments(
                        USER.withTags("{ids}"),
                        "tags: \"{ids}\" names {ids}, which is no parameter. Write one of {id},"),
                arguments(
                        InvalidationDeclaration.of("all").withCaches("c").withKeys("{id}"),
                        "keys: \"{id}\" names {id}, which is no parameter. Name it among the parameters."),
                arguments(USER.withKeys("a{id"), "keys: \"a{id\" has a single brace at position 1. Write it twice"),
                arguments(USER.withKeys("{id}}"), "keys: \"{id}}\" has a single brace at position 4."),
                arguments(USER.withPrefixes("{id}", ""), "prefixes: \"\" is empty. Leave it out."),
                arguments(
                        USER.withTags("{id}" + "x".repeat(200)), "has 204 characters, more than 200. Make it shorter."),
                arguments(USER.withPatterns("{id}" + "x".repeat(100)), "has 104 characters, more than 100."),
                arguments(USER.withTags("{id}\ud834"), "has half of a surrogate pair in it, which is no text."),
                arguments(
                        USER.withPatterns("feed:[{id}]"),
                        "patterns: the pattern \"feed:[{id}]\" has a bracket that is not closed. Add a ], or write"),
                arguments(USER.withPatterns("\\{id}"), "has a backslash that no character follows."),
                arguments(USER.withPatterns("{id}[z-a]"), "has a range that goes backwards."),
                arguments(USER.withTags("{id}").withClear(), "clear: all entries of the caches end, so that tags,"),
                arguments(USER.withClear(), "parameters: the parameter id stands nowhere."),
                arguments(
                        USER.withTags(
                                IntStream.range(0, 33).mapToObj(i -> "{id}" + i).toArray(String[]::new)),
                        "tags: there are 33, more than 32. Declare several invalidations."),
                arguments(
                        InvalidationDeclaration.of("a.b").withCaches("c").withTags("t"),
                        "caches: the name of an invalidation is 1 to 64 letters, digits and hyphens."),
                arguments(
                        InvalidationDeclaration.of("user", "id", "id")
                                .withCaches("c")
                                .withTags("{id}"),
                        "parameters: not allowed. Write 1 to 8 different names"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("faults")
    void declaration_thatIsWrong_isRefusedWithTheCure(InvalidationDeclaration declaration, String what) {
        assertThatThrownBy(() -> InvalidationPlan.of(declaration))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The invalidation " + declaration.name() + " cannot be declared: ")
                .hasMessageContaining(what);
    }

    @Test
    void declaration_concernsCachesByNameAndStar() {
        InvalidationDeclaration some = InvalidationDeclaration.of("a").withCaches("people", "feed-*-new", "x.y");

        assertThat(List.of("people", "feed--new", "feed-a\nb-new", "x.y")).allMatch(some::concerns);
        assertThat(List.of("people2", "feed-new", "feed-a-new2", "xzy", "")).noneMatch(some::concerns);
    }
}
