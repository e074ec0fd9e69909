package io.nearfar.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.nearfar.Limit;
import io.nearfar.LimitMode;
import io.nearfar.LimitOutage;
import io.nearfar.cdi.annotation.LimitKey;
import io.nearfar.cdi.annotation.LimitKeyResolver;
import io.nearfar.cdi.annotation.LimitTierResolver;
import io.nearfar.cdi.annotation.LimitedCall;
import io.nearfar.cdi.annotation.RateLimited;
import io.nearfar.cdi.request.RequestFacts;
import io.nearfar.cdi.testing.ErrorLines;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Stereotype;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.inject.Qualifier;
import jakarta.inject.Singleton;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes in limits of methods and what the deployment says of them. */
class LimitDeploymentTest {
    @RegisterExtension
    final ErrorLines lines = new ErrorLines();

    @Singleton
    public static class PrivateMethod {
        @RateLimited
        private void go() {}
    }

    @Singleton
    public static class StaticMethod {
        @RateLimited
        public static void go() {}
    }

    @Singleton
    public static class FinalMethod {
        @RateLimited
        public final void go() {}
    }

    @Singleton
    public static final class FinalClass {
        @RateLimited
        public void go() {}
    }

    @Singleton
    @RateLimited
    public static class FinalOfClass {
        public final void go() {}
    }

    @Singleton
    public static class NoPermits {
        @RateLimited(name = "none", limit = 0)
        public void go() {}
    }

    @Singleton
    public static class NoWindow {
        @RateLimited(window = "1 minute")
        public void go() {}
    }

    @Singleton
    public static class ZeroWindow {
        @RateLimited(window = "0ms")
        public void go() {}
    }

    @Singleton
    public static class LongWindow {
        @RateLimited(window = "P400D")
        public void go() {}
    }

    @Singleton
    public static class BlankName {
        @RateLimited(name = " ")
        public void go() {}
    }

    @Singleton
    public static class SameName {
        @RateLimited(name = "twice", limit = 1)
        @RateLimited(name = "twice", limit = 2)
        public void go() {}
    }

    @Singleton
    @RateLimited(name = "twice")
    public static class SameNameAtClass {
        @RateLimited(name = "twice")
        public void go() {}
    }

    @Singleton
    public static class NoHeader {
        @RateLimited(key = LimitKey.HEADER)
        public void go() {}
    }

    @Singleton
    public static class NameOfNothing {
        @RateLimited(keyName = "tenant")
        public void go(String tenant) {}
    }

    @Singleton
    public static class OtherArgument {
        @RateLimited(key = LimitKey.ARGUMENT, keyName = "tenants")
        public void go(String tenant) {}
    }

    @Singleton
    @RateLimited(key = LimitKey.ARGUMENT, keyName = "0")
    public static class NoArgument {
        public void go() {}
    }

    @Singleton
    public static class NoProperty {
        @RateLimited(key = LimitKey.ARGUMENT, keyName = "tenant.colour")
        public void go(String tenant) {}
    }

    /** Something without a text of its own. */
    public static class Mute {}

    @Singleton
    public static class NoText {
        @RateLimited(key = LimitKey.ARGUMENT, keyName = "mute")
        public void go(Mute mute) {}
    }

    /** No bean: it is not given to the container. */
    public static class Resolver implements LimitKeyResolver, LimitTierResolver {
        @Override
        public String key(LimitedCall call) {
            return "";
        }

        @Override
        public Limit limit(LimitedCall call, Limit declared) {
            return declared;
        }
    }

    @Singleton
    public static class TwoKeys {
        @RateLimited(key = LimitKey.ALL, keyResolver = Resolver.class)
        public void go() {}
    }

    @Singleton
    public static class NoKeyBean {
        @RateLimited(keyResolver = Resolver.class)
        public void go() {}
    }

    @Singleton
    public static class NoTierBean {
        @RateLimited(tiers = Resolver.class)
        public void go() {}
    }

    @Singleton
    public static class NoFallback {
        @RateLimited(fallbackMethod = "other")
        public String go(int id) {
            return "";
        }
    }

    @Singleton
    public static class OtherParameters {
        @RateLimited(fallbackMethod = "other")
        public String go(int id) {
            return "";
        }

        String other(long id) {
            return "";
        }
    }

    @Singleton
    public static class OtherResult {
        @RateLimited(fallbackMethod = "other")
        public String go(int id) {
            return "";
        }

        Object other(int id) {
            return "";
        }
    }

    @Singleton
    public static class ItsOwnFallback {
        @RateLimited(fallbackMethod = "go")
        public String go(int id) {
            return "";
        }
    }

    @Singleton
    public static class TwoPolicies {
        @RateLimited(outage = {LimitOutage.OPEN, LimitOutage.CLOSED})
        public void go() {}
    }

    @Singleton
    public static class BlankRole {
        @RateLimited(exemptRoles = "")
        public void go() {}
    }

    @Singleton
    public static class ShortLease {
        @RateLimited(window = "999ms", mode = LimitMode.LEASED)
        public void go() {}
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                arguments(PrivateMethod.class, "NF0880", "PrivateMethod.go()", "is private"),
                arguments(StaticMethod.class, "NF0880", "StaticMethod.go()", "is static"),
                arguments(FinalMethod.class, "NF0880", "FinalMethod.go()", "is final"),
                arguments(FinalClass.class, "NF0880", "FinalClass.go()", "belongs to a final class"),
                arguments(FinalOfClass.class, "NF0880", "FinalOfClass.go()", "is final"),
                arguments(NoPermits.class, "NF0881", "NoPermits.go()", "Limit none has 0 permits"),
                arguments(NoWindow.class, "NF0881", "NoWindow.go()", "\"1 minute\" is no length of time"),
                arguments(ZeroWindow.class, "NF0881", "ZeroWindow.go()", "from 1 ms to 366 days"),
                arguments(LongWindow.class, "NF0881", "LongWindow.go()", "from 1 ms to 366 days"),
                arguments(BlankName.class, "NF0881", "BlankName.go()", "blank"),
                arguments(SameName.class, "NF0882", "SameName.go()", "\"twice\""),
                arguments(SameNameAtClass.class, "NF0882", "SameNameAtClass.go()", "a name of its own"),
                arguments(NoHeader.class, "NF0883", "NoHeader.go()", "LimitKey.HEADER"),
                arguments(NameOfNothing.class, "NF0883", "NameOfNothing.go", "means nothing to LimitKey.CALLER"),
                arguments(OtherArgument.class, "NF0884", "OtherArgument.go", "Write one of tenant"),
                arguments(NoArgument.class, "NF0884", "NoArgument.go()", "It has no arguments at all"),
                arguments(NoProperty.class, "NF0884", "NoProperty.go", "java.lang.String has none of that name"),
                arguments(NoText.class, "NF0884", "NoText.go", "Mute, which has no toString of its own"),
                arguments(NoKeyBean.class, "NF0886", "NoKeyBean.go()", "keyResolver"),
                arguments(NoTierBean.class, "NF0886", "NoTierBean.go()", "tiers"),
                arguments(NoFallback.class, "NF0887", "NoFallback.go(int)", "\"other\""),
                arguments(OtherParameters.class, "NF0887", "OtherParameters.go(int)", "the same parameters"),
                arguments(OtherResult.class, "NF0887", "OtherResult.go(int)", "a result that fits"),
                arguments(ItsOwnFallback.class, "NF0887", "ItsOwnFallback.go(int)", "no other method"),
                arguments(TwoPolicies.class, "NF0888", "TwoPolicies.go()", "2 policies"),
                arguments(ShortLease.class, "NF0530", "ShortLease.go()", "a window of a second or longer"),
                arguments(BlankRole.class, "NF0889", "BlankRole.go()", "Name a role"));
    }

    @ParameterizedTest(name = "{1} {0}")
    @MethodSource("mistakes")
    void mistake_failsTheDeployment(Class<?> bean, String id, String place, String why) {
        assertMistake(catchThrowable(() -> Application.of(bean).close()), id, place, why);
    }

    @Test
    void keyAndResolver_failTheDeployment() {
        Throwable failure = catchThrowable(
                () -> Application.of(TwoKeys.class, Resolver.class).close());

        assertMistake(failure, "NF0885", "TwoKeys.go()", "Keep one of them");
    }

    @Singleton
    public static class OneFacts implements RequestFacts {}

    @Singleton
    public static class OtherFacts implements RequestFacts {}

    @Singleton
    public static class Fine {
        @RateLimited
        public void go() {}
    }

    @Test
    void severalBeansOfFacts_failTheDeployment() {
        Throwable failure = catchThrowable(() ->
                Application.of(Fine.class, OneFacts.class, OtherFacts.class).close());

        assertMistake(failure, "NF0893", "RequestFacts", "Keep one");
    }

    private static void assertMistake(Throwable failure, String id, String place, String why) {
        assertThat(failure).isInstanceOf(DeploymentException.class);
        assertThat(failure.getMessage()).contains("NF0800 1 mistake(s)", id, place, why);
    }

    /** Annotations of interfaces have no effect. */
    @RateLimited
    public interface Service {
        @RateLimited
        void go();
    }

    @Singleton
    public static class OfService implements Service {
        @Override
        public void go() {}
    }

    @Singleton
    public static class OneOfName {
        @RateLimited(name = "shared", limit = 1)
        public void go() {}

        @RateLimited(name = "shared", limit = 2)
        public void goOn() {}
    }

    @Singleton
    public static class UnknownRequest {
        @RateLimited(key = LimitKey.PRINCIPAL)
        public void go() {}
    }

    @Singleton
    public static class UnknownRoles {
        @RateLimited(exemptRoles = "admin")
        public void go() {}
    }

    /** No bean has it: the container cannot make any. */
    public static class NoBean {
        public NoBean(String name) {}

        @RateLimited
        public void go() {}
    }

    /** It stands for a limit. */
    @Stereotype
    @RateLimited
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    public @interface Spared {}

    @Spared
    public static class Produced {
        Produced(String name) {}

        public void go() {}
    }

    @Singleton
    public static class Producer {
        @Produces
        final NoBean field = new NoBean("field");

        @Produces
        public Produced produced() {
            return new Produced("method");
        }
    }

    static Stream<Arguments> warnings() {
        return Stream.of(
                arguments(OneOfName.class, "NF0890 The limit \"shared\" is 1 in PT1M at"),
                arguments(OfService.class, "does not inherit @RateLimited at go of"),
                arguments(OfService.class, "does not inherit @RateLimited at the interface of"),
                arguments(UnknownRequest.class, "NF0892 @RateLimited at " + UnknownRequest.class.getName() + ".go()"),
                arguments(NoBean.class, "NF0894 @RateLimited in " + NoBean.class.getName()),
                arguments(Produced.class, "NF0894 @RateLimited in " + Produced.class.getName()),
                arguments(Producer.class, "NF0894 @RateLimited in " + NoBean.class.getName()),
                arguments(Producer.class, "NF0894 @RateLimited in " + Produced.class.getName()),
                arguments(UnknownRoles.class, "NF0892"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("warnings")
    void whatIsHardlyMeant_isTold(Class<?> bean, String text) {
        Application.of(bean, Service.class).close();

        assertThat(lines.text()).contains(text);
    }

    /** It is a bean where somebody selects it. */
    @Alternative
    @Singleton
    public static class Selected {
        @RateLimited
        public void go() {}
    }

    /** Its subclass is a bean. */
    public abstract static class Base {
        @RateLimited
        public void go() {}
    }

    @Singleton
    public static class Derived extends Base {}

    /** Not what is injected where nothing is said. */
    @Qualifier
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.FIELD})
    public @interface Renamed {}

    /** Its objects are those of the bean, with another qualifier. */
    @Singleton
    public static class Renaming {
        @Produces
        @Renamed
        public Fine fine(Fine fine) {
            return fine;
        }
    }

    @Test
    void whatIsMeant_isNotToldOf() {
        Application.of(Fine.class, Renaming.class, Selected.class, Base.class, Derived.class)
                .close();
        Application.of(Fine.class).close();
        Application.of(UnknownRequest.class, OneFacts.class).close();

        assertThat(lines.text()).doesNotContain("NF08");
    }
}
