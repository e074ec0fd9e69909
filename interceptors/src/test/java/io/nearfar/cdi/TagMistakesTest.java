package io.nearfar.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.nearfar.cdi.annotation.CacheTags;
import io.nearfar.cdi.annotation.InvalidatePattern;
import io.nearfar.cdi.annotation.InvalidateTags;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Stream;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheResult;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes in annotations of tags and what the deployment says of them. */
class TagMistakesTest {
    @Singleton
    public static class NoCache {
        @InvalidateTags("a")
        public void change() {}
    }

    @Singleton
    public static class NothingStored {
        @CacheTags("a")
        @CacheRemove(cacheName = "x")
        public void remove(int id) {}
    }

    @Singleton
    public static class TagsAlone {
        @CacheTags("a")
        public String find(int id) {
            return "";
        }
    }

    @Singleton
    public static class AtResult {
        @InvalidateTags(cacheName = "x", value = "a")
        @CacheResult(cacheName = "x")
        public String find(int id) {
            return "";
        }
    }

    @Singleton
    public static class NoTags {
        @InvalidateTags(
                cacheName = "x",
                value = {})
        public void change() {}
    }

    @Singleton
    public static class EmptyTag {
        @InvalidateTags(cacheName = "x", value = "")
        public void change() {}
    }

    @Singleton
    public static class SingleBrace {
        @InvalidateTags(cacheName = "x", value = "a{b")
        public void change(int b) {}
    }

    @Singleton
    public static class ClosingBrace {
        @InvalidateTags(cacheName = "x", value = "a}b")
        public void change(int b) {}
    }

    @Singleton
    public static class Unnamed {
        @InvalidateTags(cacheName = "x", value = "a{b.}")
        public void change(int b) {}
    }

    @Singleton
    public static class OtherName {
        @InvalidateTags(cacheName = "x", value = "a{ids}")
        public void change(int id, String name) {}
    }

    @Singleton
    public static class NoParameters {
        @InvalidateTags(cacheName = "x", value = "a{0}")
        public void change() {}
    }

    @Singleton
    public static class NoProperty {
        @InvalidateTags(cacheName = "x", value = "a{names.size}")
        public void change(List<String> names) {}
    }

    @Singleton
    public static class VoidResult {
        @InvalidateTags(cacheName = "x", value = "a{result}")
        public void change(int id) {}
    }

    @Singleton
    public static class TooEarly {
        @InvalidateTags(cacheName = "x", value = "a{result}", afterInvocation = false)
        public int change(int id) {
            return id;
        }
    }

    @Singleton
    public static class TwoResults {
        @InvalidateTags(cacheName = "x", value = "a{result}")
        public int change(int id, String result) {
            return id;
        }
    }

    public static class PatternWithoutCache {
        @InvalidatePattern("a*")
        public void change() {}
    }

    public static class PatternAtResult {
        @CacheResult(cacheName = "c")
        @InvalidatePattern(cacheName = "c", value = "a*")
        public String find(int id) {
            return "";
        }
    }

    public static class NoPatterns {
        @InvalidatePattern(cacheName = "c")
        public void change() {}
    }

    public static class OpenBracket {
        @InvalidatePattern(cacheName = "c", value = "a[{0}]")
        public void change(int id) {}
    }

    public static class EmptyBrackets {
        @InvalidatePattern(cacheName = "c", value = "[]x*")
        public void change() {}
    }

    public static class BackwardRange {
        @InvalidatePattern(cacheName = "c", value = "{0}:[z-a]")
        public void change(int id) {}
    }

    public static class EscapedBracket {
        @InvalidatePattern(cacheName = "c", value = "[a\\]{0}:]*")
        public void change(String id) {}
    }

    public static class LastBackslash {
        @InvalidatePattern(cacheName = "c", value = "a\\")
        public void change() {}
    }

    public static class PatternOfNothing {
        @InvalidatePattern(cacheName = "c", prefixes = "a{name}")
        public void change(int id) {}
    }

    public static class PatternTooEarly {
        @InvalidatePattern(cacheName = "c", value = "{result}*", afterInvocation = false)
        public String change() {
            return "";
        }
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                arguments(PatternWithoutCache.class, "NF0835", "PatternWithoutCache.change()", "Give a cacheName"),
                arguments(
                        PatternAtResult.class, "NF0837", "PatternAtResult.find(int)", "a hit would invalidate nothing"),
                arguments(NoPatterns.class, "NF0838", "NoPatterns.change()", "neither patterns nor prefixes"),
                arguments(OpenBracket.class, "NF0839", "The pattern \"a[{0}]\"", "has a bracket that is not closed"),
                arguments(EmptyBrackets.class, "NF0839", "EmptyBrackets.change()", "brackets with nothing in them"),
                arguments(BackwardRange.class, "NF0839", "BackwardRange.change(int)", "a range that goes backwards"),
                arguments(EscapedBracket.class, "NF0839", "EscapedBracket.change", "a bracket that is not closed"),
                arguments(LastBackslash.class, "NF0839", "LastBackslash.change()", "nothing behind it"),
                arguments(PatternOfNothing.class, "NF0839", "The prefix \"a{name}\"", "Write one of"),
                arguments(PatternTooEarly.class, "NF0839", "PatternTooEarly.change()", "needs the result"),
                arguments(NoCache.class, "NF0835", "NoCache.change()", "Give a cacheName"),
                arguments(NothingStored.class, "NF0836", "NothingStored.remove(int)", "stores nothing"),
                arguments(TagsAlone.class, "NF0836", "TagsAlone.find(int)", "stores nothing"),
                arguments(AtResult.class, "NF0837", "AtResult.find(int)", "a hit would invalidate nothing"),
                arguments(NoTags.class, "NF0838", "NoTags.change()", "@InvalidateTags"),
                arguments(EmptyTag.class, "NF0839", "EmptyTag.change()", "is empty"),
                arguments(SingleBrace.class, "NF0839", "\"a{b\"", "at position 1"),
                arguments(ClosingBrace.class, "NF0839", "\"a}b\"", "at position 1"),
                arguments(Unnamed.class, "NF0839", "\"a{b.}\"", "a place without a name"),
                arguments(OtherName.class, "NF0839", "OtherName.change", "Write one of {id}, {name}, {result}"),
                arguments(NoParameters.class, "NF0839", "NoParameters.change()", "It has none"),
                arguments(NoProperty.class, "NF0839", "NoProperty.change", "java.lang.String has none of that name"),
                arguments(VoidResult.class, "NF0839", "VoidResult.change(int)", "returns nothing"),
                arguments(TwoResults.class, "NF0839", "TwoResults.change", "Write {1} for the parameter"),
                arguments(TooEarly.class, "NF0840", "TooEarly.change(int)", "afterInvocation = false"));
    }

    @ParameterizedTest(name = "{1} {0}")
    @MethodSource("mistakes")
    void mistake_failsTheDeployment(Class<?> bean, String id, String place, String why) {
        Throwable failure = catchThrowable(() -> Application.of(bean).close());

        assertThat(failure).isInstanceOf(DeploymentException.class);
        assertThat(failure.getMessage()).contains("NF0800 1 mistake(s)", id, place, why);
    }
}
