package io.nearfar.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.nearfar.Decision;
import io.nearfar.Limit;
import io.nearfar.Meter;
import io.nearfar.Metric;
import io.nearfar.NearfarManager;
import io.nearfar.RateLimitExceededException;
import io.nearfar.RateLimiter;
import io.nearfar.cdi.annotation.LimitKey;
import io.nearfar.cdi.annotation.LimitKeyResolver;
import io.nearfar.cdi.annotation.LimitTierResolver;
import io.nearfar.cdi.annotation.LimitedCall;
import io.nearfar.cdi.annotation.RateLimited;
import io.nearfar.cdi.limit.LimitFigures;
import io.nearfar.cdi.limit.LimitGate;
import io.nearfar.cdi.limit.LimitPlan;
import io.nearfar.cdi.limit.LimitRuling;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What each member of the annotation does. */
@Timeout(120)
class LimitMembersTest {
    private final Application application =
            Application.of(Desk.class, Visitor.class, TenantOfCall.class, HeaderTenant.class, Tiers.class);
    private final Desk desk = application.bean(Desk.class);
    private final Visitor visitor = application.bean(Visitor.class);

    @AfterEach
    void stop() {
        application.close();
    }

    /** Something to count by. */
    public record Cart(Optional<String> tenant, int[] items) {}

    @ApplicationScoped
    public static class TenantOfCall implements LimitKeyResolver {
        @Override
        public @Nullable String key(LimitedCall call) {
            Cart cart = (Cart) call.arguments().get(0);
            return call.method().getName() + (cart == null ? "" : cart.tenant().orElse(""));
        }
    }

    @ApplicationScoped
    public static class HeaderTenant implements LimitKeyResolver {
        @Override
        public @Nullable String key(LimitedCall call) {
            return call.request().header("Tenant");
        }

        @Override
        public boolean readsArguments() {
            return false;
        }
    }

    @ApplicationScoped
    public static class Tiers implements LimitTierResolver {
        @Override
        public Limit limit(LimitedCall call, Limit declared) {
            return call.request().isInRole("premium")
                    ? new Limit(declared.name(), 3, declared.window(), declared.outage())
                    : declared;
        }
    }

    @Singleton
    public static class Desk {
        @RateLimited(name = "caller", limit = 1, window = "1h")
        public void byCaller() {}

        @RateLimited(name = "all", limit = 1, window = "1h", key = LimitKey.ALL)
        public void byNothing() {}

        @RateLimited(name = "principal", limit = 1, window = "1h", key = LimitKey.PRINCIPAL)
        public void byPrincipal() {}

        @RateLimited(name = "address", limit = 1, window = "1h", key = LimitKey.ADDRESS)
        public void byAddress() {}

        @RateLimited(name = "header", limit = 1, window = "1h", key = LimitKey.HEADER, keyName = "Api-Key")
        public void byHeader() {}

        @RateLimited(name = "parameter", limit = 1, window = "1h", key = LimitKey.PARAMETER, keyName = "shop")
        public void byParameter() {}

        @RateLimited(name = "argument", limit = 1, window = "1h", key = LimitKey.ARGUMENT, keyName = "id")
        public void byArgument(String other, @Nullable Integer id) {}

        @RateLimited(name = "property", limit = 1, window = "1h", key = LimitKey.ARGUMENT, keyName = "0.tenant")
        public void byProperty(@Nullable Cart cart) {}

        @RateLimited(name = "array", limit = 1, window = "1h", key = LimitKey.ARGUMENT, keyName = "cart.items")
        public void byArray(Cart cart) {}

        @RateLimited(name = "resolved", limit = 1, window = "1h", keyResolver = TenantOfCall.class)
        public void byResolver(Cart cart) {}

        @RateLimited(name = "tier", limit = 1, window = "1h", tiers = Tiers.class)
        public void byTier() {}

        @RateLimited(
                name = "exempting",
                limit = 1,
                window = "1h",
                exemptRoles = {"admin", "robot"})
        public void exempting() {}

        @RateLimited(name = "answering", limit = 1, window = "1h", fallbackMethod = "instead")
        public String answering(int id, String text) throws IOException {
            return "answer " + id + text;
        }

        private String instead(int id, String text) throws IOException {
            if (id < 0) {
                throw new IOException("no answer " + id);
            }
            return "instead " + id + text;
        }

        @RateLimited(name = "staged", limit = 1, window = "1h", fallbackMethod = "insteadLater")
        public CompletionStage<String> staged() {
            return CompletableFuture.completedStage("staged");
        }

        CompletableFuture<String> insteadLater() {
            return CompletableFuture.completedFuture("instead");
        }

        @RateLimited(name = "shadowed", limit = 1, window = "1h", shadow = true, key = LimitKey.ALL)
        @RateLimited(name = "beside", limit = 3, window = "1h", key = LimitKey.ALL)
        public void inShadow() {}

        @RateLimited(name = "early", limit = 1, window = "1h", keyResolver = HeaderTenant.class)
        public void early() {}

        @RateLimited(name = "usual")
        @RateLimited(name = "usual-of-all", key = LimitKey.ALL)
        @RateLimited(name = "given-of-all", key = LimitKey.ALL, limit = 100)
        public void usually() {}

        @RateLimited(name = "brief", limit = 1, window = "1ms", key = LimitKey.ALL)
        public void briefly() {}
    }

    /** Runs one call that is admitted and one that is not. */
    private static void assertOnce(Runnable call) {
        call.run();
        assertRefused(call);
    }

    private static void assertRefused(Runnable call) {
        assertThatThrownBy(call::run).isInstanceOf(RateLimitExceededException.class);
    }

    private LimitFigures figures(String limit) {
        LimitFigures figures = application.bean(LimitGate.class).figures().get(limit);
        assertThat(figures).isNotNull();
        return figures;
    }

    private double bypasses(String limit, String reason) {
        return application.manager().unwrap(NearfarManager.class).meters().stream()
                .filter(meter -> meter.metric() == Metric.LIMIT_BYPASSES)
                .filter(meter -> meter.tags().equals(Map.of("limit", limit, "reason", reason)))
                .mapToDouble(Meter::value)
                .findFirst()
                .orElse(Double.NaN);
    }

    @Test
    void caller_isThePrincipal_orTheAddress_orAll() {
        assertOnce(desk::byCaller);
        visitor.comesFrom("10.0.0.1");
        assertOnce(desk::byCaller);
        visitor.is("anna");
        assertOnce(desk::byCaller);
        visitor.comesFrom("10.0.0.2");
        assertRefused(desk::byCaller);
        visitor.is("10.0.0.2");
        assertOnce(desk::byCaller);
        visitor.is(null);
        assertOnce(desk::byCaller);
    }

    @Test
    void all_areCountedTogether() {
        visitor.is("anna");
        desk.byNothing();
        visitor.is("bert");
        assertRefused(desk::byNothing);
    }

    @Test
    void limit_thatIsNotGiven_isTheUsualOneForWhatIsCounted() {
        desk.usually();

        assertThat(visitor.decisions().get(0).uses())
                .extracting(
                        use -> use.quota().limit().name(),
                        use -> use.quota().limit().permits())
                .containsExactlyInAnyOrder(
                        tuple("usual", 100L), tuple("usual-of-all", 10_000L), tuple("given-of-all", 100L));
    }

    @Test
    void principal_thoseWithoutOne_areCountedTogether() {
        assertOnce(desk::byPrincipal);
        visitor.comesFrom("10.0.0.1");
        assertRefused(desk::byPrincipal);
        visitor.is("anna");
        assertOnce(desk::byPrincipal);
    }

    @Test
    void address_isCounted_whoeverAsks() {
        visitor.comesFrom("10.0.0.1");
        visitor.is("anna");
        assertOnce(desk::byAddress);
        visitor.is("bert");
        assertRefused(desk::byAddress);
        visitor.comesFrom("10.0.0.2");
        assertOnce(desk::byAddress);
    }

    @Test
    void headerAndParameter_areCountedByValue_andTogetherWithoutOne() {
        assertOnce(desk::byHeader);
        visitor.sends("Api-Key", "k1");
        assertOnce(desk::byHeader);
        visitor.sends("Api-Key", "k2");
        assertOnce(desk::byHeader);
        assertOnce(desk::byParameter);
        visitor.asksWith("shop", "s1");
        assertOnce(desk::byParameter);
    }

    @Test
    void argument_byNameOrPositionOrProperty_isCountedByItsText() {
        assertOnce(() -> desk.byArgument("a", 1));
        assertRefused(() -> desk.byArgument("b", 1));
        assertOnce(() -> desk.byArgument("a", 2));
        assertOnce(() -> desk.byArgument("a", null));
        assertOnce(() -> desk.byProperty(new Cart(Optional.of("t1"), new int[0])));
        assertOnce(() -> desk.byProperty(new Cart(Optional.of("t2"), new int[0])));
        assertOnce(() -> desk.byProperty(new Cart(Optional.empty(), new int[0])));
        assertRefused(() -> desk.byProperty(null));
        assertOnce(() -> desk.byArray(new Cart(Optional.empty(), new int[] {1, 2})));
        assertRefused(() -> desk.byArray(new Cart(Optional.empty(), new int[] {1, 2})));
        assertOnce(() -> desk.byArray(new Cart(Optional.empty(), new int[] {1})));
    }

    @Test
    void resolver_tellsTheKey_andItsFailureReachesTheCaller() {
        assertOnce(() -> desk.byResolver(new Cart(Optional.of("t1"), new int[0])));
        assertOnce(() -> desk.byResolver(new Cart(Optional.of("t2"), new int[0])));
        assertThatThrownBy(() -> desk.byResolver(new Cart(null, new int[0]))).isInstanceOf(NullPointerException.class);
    }

    @Test
    void tiers_chooseTheLimit_andTheCountStays() {
        visitor.is("anna");
        assertOnce(desk::byTier);
        visitor.is("anna", "premium");
        desk.byTier();
        assertOnce(desk::byTier);
        visitor.is("anna");
        assertRefused(desk::byTier);
    }

    @Test
    void exemptRoles_pass_areChargedNothing_andAreCountedAsPassed() {
        visitor.is("root", "robot");
        desk.exempting();
        desk.exempting();
        visitor.is("root");
        assertOnce(desk::exempting);

        assertThat(figures("exempting")).isEqualTo(new LimitFigures(1, 1, 2, 0));
        assertThat(bypasses("exempting", "exempt")).isEqualTo(2);
        assertThat(bypasses("exempting", "shadow")).isZero();
    }

    @Test
    void fallbackMethod_answersRefusedCalls_andThrowsForThem() throws IOException {
        assertThat(desk.answering(1, "a")).isEqualTo("answer 1a");
        assertThat(desk.answering(2, "b")).isEqualTo("instead 2b");
        assertThatThrownBy(() -> desk.answering(-1, "c"))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("no answer -1");
        assertThat(figures("answering")).isEqualTo(new LimitFigures(1, 2, 0, 0));
    }

    @Test
    void fallbackMethod_ofAStage_answersWithOne() {
        assertThat(desk.staged().toCompletableFuture()).isCompletedWithValue("staged");
        assertThat(desk.staged().toCompletableFuture()).isCompletedWithValue("instead");
    }

    @Test
    void shadow_countsAndRefusesNothing_whileLimitsBesideItDo() {
        desk.inShadow();
        desk.inShadow();
        assertOnce(desk::inShadow);

        assertThat(figures("shadowed")).isEqualTo(new LimitFigures(1, 0, 0, 2));
        assertThat(figures("beside")).isEqualTo(new LimitFigures(3, 1, 0, 0));
        assertThat(bypasses("shadowed", "shadow")).isEqualTo(2);
        assertThat(bypasses("shadowed", "exempt")).isZero();
    }

    @Test
    void exempt_afterTheManagerWasClosed_isNotHeldUpByIt() {
        visitor.is("root", "robot");
        application.manager().close();
        desk.exempting();
        assertThat(figures("exempting")).isEqualTo(new LimitFigures(0, 0, 1, 0));
    }

    @Test
    void window_whoWaitsAsLongAsTold_isAdmitted() {
        desk.briefly();
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < Duration.ofMillis(2).toNanos()) {
            Thread.onSpinWait();
        }
        desk.briefly();
        assertThat(figures("brief").refused()).isZero();
    }

    @Test
    void decisions_areToldToTheRequest() {
        desk.byNothing();
        assertRefused(desk::byNothing);
        assertThat(visitor.decisions()).extracting(Decision::admitted).containsExactly(true, false);
    }

    @Test
    void requestThatAFilterHasCharged_isNotCountedAgain_butForOneCall() throws NoSuchMethodException {
        Method method = Desk.class.getMethod("early");
        LimitGate gate = application.bean(LimitGate.class);
        LimitPlan plan = gate.plan(Desk.class, method);
        assertThat(plan).isNotNull();
        assertThat(plan.isEarly()).isTrue();
        visitor.sends("Tenant", "t1");
        LimitRuling ruling = gate.decideEarly(plan, visitor);
        assertThat(ruling.admits()).isTrue();

        visitor.isChargedFor(plan.method());
        desk.early();
        assertRefused(desk::early);
        assertThat(gate.decideEarly(plan, visitor).admits()).isFalse();
    }

    @Test
    void plansThatNeedArgumentsOrAFallback_areNotEarly() {
        assertThat(List.of("byArgument", "byProperty", "byResolver", "byTier", "answering"))
                .allSatisfy(name -> assertThat(plan(name).isEarly()).isFalse());
        assertThat(List.of("byCaller", "byHeader", "exempting"))
                .allSatisfy(name -> assertThat(plan(name).isEarly()).isTrue());
        assertThat(List.of("byCaller", "byPrincipal", "exempting", "early"))
                .allSatisfy(name -> assertThat(plan(name).readsPrincipal()).isTrue());
        assertThat(List.of("byAddress", "byHeader", "byNothing"))
                .allSatisfy(name -> assertThat(plan(name).readsPrincipal()).isFalse());
    }

    private LimitPlan plan(String name) {
        Method method = List.of(Desk.class.getMethods()).stream()
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .orElseThrow();
        LimitPlan plan = application.bean(LimitGate.class).plan(Desk.class, method);
        assertThat(plan).isNotNull();
        return plan;
    }

    @Singleton
    public static class Own {
        @Inject
        RateLimiter limiter;

        boolean isAdmitted() {
            return limiter.decide(new Limit("own", 1, Duration.ofHours(1)).forAll())
                    .admitted();
        }
    }

    @Test
    void limiter_isInjected_andOutlivesItsManager() {
        try (Application other = Application.of(Own.class)) {
            Own own = other.bean(Own.class);
            assertThat(own.isAdmitted()).isTrue();
            assertThat(own.isAdmitted()).isFalse();

            other.manager().close();
            assertThat(own.isAdmitted()).isTrue();
        }
    }
}
