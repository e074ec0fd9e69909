package io.nearfar.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.nearfar.LimitMode;
import io.nearfar.RateLimitExceededException;
import io.nearfar.cdi.annotation.RateLimited;
import io.nearfar.cdi.limit.LimitFigures;
import io.nearfar.cdi.limit.LimitGate;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What settings do to the limits of methods, while the application runs. */
@Timeout(120)
class LimitSettingsTest {
    private static final String CLASS = Orders.class.getName();

    private final Set<String> set = new LinkedHashSet<>();

    @AfterEach
    void unset() {
        set.forEach(System::clearProperty);
    }

    @Singleton
    public static class Orders {
        @RateLimited(name = "orders", limit = 2, window = "1h")
        public String order() {
            return "ordered";
        }
    }

    @Test
    void limit_isRaisedOnTheFly_andWhatWasCountedStays() {
        try (Application application = Application.of(Orders.class)) {
            Orders orders = application.bean(Orders.class);
            orders.order();
            orders.order();
            assertThat(isAdmitted(orders)).isFalse();

            set(CLASS + "/order/RateLimited/limit", "3");
            await().atMost(Duration.ofSeconds(60)).until(() -> isAdmitted(orders));
            assertThat(isAdmitted(orders)).isFalse();
        }
    }

    @Test
    void limit_isSwitchedOffOnTheFly() {
        try (Application application = Application.of(Orders.class)) {
            Orders orders = application.bean(Orders.class);
            orders.order();
            orders.order();
            assertThat(isAdmitted(orders)).isFalse();

            set("RateLimited/orders/enabled", "false");
            await().atMost(Duration.ofSeconds(60)).until(() -> isAdmitted(orders));
            assertThat(isAdmitted(orders)).isTrue();
        }
    }

    @Test
    void window_isShortenedOnTheFly() {
        try (Application application = Application.of(Orders.class)) {
            Orders orders = application.bean(Orders.class);
            orders.order();
            orders.order();
            assertThat(isAdmitted(orders)).isFalse();

            set("RateLimited/orders/window", "1ms");
            await().atMost(Duration.ofSeconds(60)).until(() -> isAdmitted(orders));
            await().atMost(Duration.ofSeconds(60)).until(() -> isAdmitted(orders));
            await().atMost(Duration.ofSeconds(60)).until(() -> isAdmitted(orders));
        }
    }

    @Test
    void mode_isChangedOnTheFly() {
        try (Application application = Application.of(Orders.class)) {
            Orders orders = application.bean(Orders.class);
            orders.order();
            orders.order();
            assertThat(modeOfRefusal(orders)).isEqualTo(LimitMode.STRICT);

            set(CLASS + "/RateLimited/orders/mode", "leased");
            await().atMost(Duration.ofSeconds(60)).until(() -> modeOfRefusal(orders) == LimitMode.LEASED);
        }
    }

    /** Returns the mode of the limit that refuses a call, or null if it is admitted. */
    private static @Nullable LimitMode modeOfRefusal(Orders orders) {
        RateLimitExceededException refused = catchThrowableOfType(RateLimitExceededException.class, orders::order);
        return refused == null
                ? null
                : refused.decision().violated().get(0).quota().limit().mode();
    }

    @Test
    void limit_goesIntoTheShadowOnTheFly_andBack() {
        try (Application application = Application.of(Orders.class)) {
            Orders orders = application.bean(Orders.class);
            orders.order();
            orders.order();
            assertThat(isAdmitted(orders)).isFalse();

            set(CLASS + "/order/RateLimited/shadow", "true");
            await().atMost(Duration.ofSeconds(60)).until(() -> isAdmitted(orders));
            LimitFigures figures = application.bean(LimitGate.class).figures().get("orders");
            assertThat(figures.shadowed()).isOne();
            System.clearProperty(CLASS + "/order/RateLimited/shadow");
            await().atMost(Duration.ofSeconds(60)).until(() -> !isAdmitted(orders));
        }
    }

    @Test
    void limit_setBeforeTheStart_holdsFromTheFirstCall() {
        set("RateLimited/limit", "1");
        try (Application application = Application.of(Orders.class)) {
            Orders orders = application.bean(Orders.class);
            orders.order();

            assertThatThrownBy(orders::order)
                    .isInstanceOf(RateLimitExceededException.class)
                    .hasMessageContaining("orders allows 1 in");
        }
    }

    private static boolean isAdmitted(Orders orders) {
        try {
            return orders.order().equals("ordered");
        } catch (RateLimitExceededException e) {
            return false;
        }
    }

    private void set(String key, String value) {
        System.setProperty(key, value);
        set.add(key);
    }
}
