package io.nearfar.testkit;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Gives tests caches of their own. It is put at a class by {@link NearfarTest}, or registered where it is told more:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final NearfarExtension NEARFAR = NearfarExtension.tiered().with("nearfar.deadline", "100ms");
 *
 * @Test
 * void price_isKept(@TestCache("prices") Cache<String, BigDecimal> prices, Faults faults) { ... }
 * }</pre>
 *
 * Test methods, and methods before and after each, may have parameters of these types: {@link javax.cache.Cache} and
 * {@link io.nearfar.NearfarCache}, which {@link TestCache} names; {@link javax.cache.CacheManager} and
 * {@link io.nearfar.NearfarManager}; {@link io.nearfar.testkit.fault.Faults}; {@link io.nearfar.testkit.server.TestServer}; and
 * {@link NearfarFixture}, which has all of them. All of one test belong together, and no other test sees their entries; tests may
 * run in parallel. What a test does not ask for costs nothing.
 *
 * <p>The embedded Redis is started when a test first needs it, and serves all tests of the process; what a test has written is
 * deleted after it. Immutable.
 */
public final class NearfarExtension implements ParameterResolver, AfterEachCallback {
    /** The JUnit parameter, or system property, that names a server for tests that name none. */
    static final String ADDRESS = "test.nearfar.address";

    private static final Namespace NAMESPACE = Namespace.create(NearfarExtension.class);

    private final @Nullable Plan given;

    /** Creates one that {@link NearfarTest} tells what it wants; without that it is like {@link #tiered}. JUnit calls this. */
    public NearfarExtension() {
        this(null);
    }

    private NearfarExtension(@Nullable Plan given) {
        this.given = given;
    }

    /** Returns one whose caches live in the process alone, without any server. */
    public static NearfarExtension near() {
        return new NearfarExtension(Plan.of(Mode.NEAR));
    }

    /** Returns one whose caches have a near tier over Redis, as applications have. */
    public static NearfarExtension tiered() {
        return new NearfarExtension(Plan.of(Mode.TIERED));
    }

    /** Returns one whose caches have no near tier: each read asks Redis. */
    public static NearfarExtension far() {
        return new NearfarExtension(Plan.of(Mode.FAR));
    }

    /**
     * Returns one like this with one more setting of the manager; it counts before system properties, environment and files.
     *
     * @param key as in {@code nearfar.cache.prices.ttl}
     * @param value as it would stand in a file
     */
    public NearfarExtension with(String key, String value) {
        return new NearfarExtension(plan().with(key, value));
    }

    /**
     * Returns one like this that uses a server of your own in place of the embedded one. What tests leave there is deleted after
     * each; nothing else is touched.
     *
     * @param address {@code redis://host:port}; {@link io.nearfar.testkit.server.TestServer#at} says what it may have
     */
    public NearfarExtension address(String address) {
        return new NearfarExtension(plan().at(address));
    }

    private Plan plan() {
        return given == null ? Plan.of(Mode.TIERED) : given;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return Parameters.isOurs(parameter.getParameter());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        if (context.getTestMethod().isEmpty()) {
            throw new ParameterResolutionException(
                    "Each test has caches of its own, so a constructor and what runs before or after all tests cannot"
                            + " have any; make it a parameter of the test or of a @BeforeEach method");
        }
        return Parameters.value(parameter.getParameter(), fixture(context));
    }

    private NearfarFixture fixture(ExtensionContext context) {
        return context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(NearfarFixture.class, key -> open(context), NearfarFixture.class);
    }

    private NearfarFixture open(ExtensionContext context) {
        Plan plan = given == null ? annotated(context).map(Plan::of).orElseGet(this::plan) : given;
        return NearfarFixture.open(plan, context.getConfigurationParameter(ADDRESS));
    }

    /** Returns the annotation of the method, else of its class, else of the classes around that. */
    private static Optional<NearfarTest> annotated(ExtensionContext context) {
        Optional<NearfarTest> found = AnnotationSupport.findAnnotation(context.getTestMethod(), NearfarTest.class);
        for (Class<?> type = context.getRequiredTestClass();
                type != null && found.isEmpty();
                type = type.getEnclosingClass()) {
            found = AnnotationSupport.findAnnotation(type, NearfarTest.class);
        }
        return found;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        NearfarFixture fixture = context.getStore(NAMESPACE).remove(NearfarFixture.class, NearfarFixture.class);
        if (fixture != null) {
            fixture.close();
        }
    }
}
