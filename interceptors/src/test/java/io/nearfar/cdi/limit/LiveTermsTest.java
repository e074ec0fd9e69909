package io.nearfar.cdi.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.nearfar.Limit;
import io.nearfar.LimitMode;
import io.nearfar.LimitOutage;
import io.nearfar.cdi.annotation.RateLimited;
import io.nearfar.cdi.testing.ErrorLines;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What settings say in the place of an annotation. */
class LiveTermsTest {
    private static final String CLASS = Orders.class.getName();

    private final Map<String, String> set = new HashMap<>();
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final Misreadings misreadings = new Misreadings();

    @RegisterExtension
    final ErrorLines lines = new ErrorLines();

    /** What is limited. */
    @RateLimited(name = "of-class", limit = 7)
    interface Orders {
        @RateLimited(name = "orders", limit = 10, window = "1m", outage = LimitOutage.CLOSED)
        void place(String what);
    }

    private LiveTerms ofMethod() throws NoSuchMethodException {
        Method method = Orders.class.getMethod("place", String.class);
        Limit limit = new Limit("orders", 10, Duration.ofMinutes(1), LimitOutage.CLOSED);
        return terms(method.getAnnotation(RateLimited.class), new LimitPlace(Orders.class, method), limit);
    }

    private LiveTerms ofClass() {
        Limit limit = new Limit("of-class", 7, Duration.ofMinutes(1));
        return terms(Orders.class.getAnnotation(RateLimited.class), new LimitPlace(Orders.class, null), limit);
    }

    private LiveTerms terms(RateLimited annotation, LimitPlace place, Limit limit) {
        MethodLimit declared = new MethodLimit(annotation, place, limit, null, null);
        return new LiveTerms(declared, set::get, misreadings, nanos::get);
    }

    private void secondLater() {
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    }

    @Test
    void nothingSet_theAnnotationHolds() throws NoSuchMethodException {
        Terms terms = ofMethod().current();

        assertThat(terms)
                .isEqualTo(new Terms(true, false, new Limit("orders", 10, Duration.ofMinutes(1), LimitOutage.CLOSED)));
    }

    @Test
    void eachMember_isReplaced() throws NoSuchMethodException {
        set.put("RateLimited/limit", "20");
        set.put("RateLimited/window", " 2h ");
        set.put("RateLimited/shadow", "TRUE");
        set.put("RateLimited/enabled", "false");
        set.put("RateLimited/mode", "leased");

        assertThat(ofMethod().current())
                .isEqualTo(new Terms(
                        false,
                        true,
                        new Limit("orders", 20, Duration.ofHours(2), LimitOutage.CLOSED, LimitMode.LEASED)));
    }

    @Test
    void keys_theMoreSpecificCountsMore() throws NoSuchMethodException {
        String[] keys = {
            "RateLimited/limit",
            "RateLimited/orders/limit",
            CLASS + "/RateLimited/limit",
            CLASS + "/RateLimited/orders/limit",
            CLASS + "/place/RateLimited/limit",
            CLASS + "/place/RateLimited/orders/limit"
        };
        for (int i = 0; i < keys.length; i++) {
            set.put(keys[i], String.valueOf(100 + i));

            assertThat(ofMethod().current().limit().permits()).as(keys[i]).isEqualTo(100 + i);
        }
    }

    @Test
    void keysOfOthers_changeNothing() throws NoSuchMethodException {
        set.put("RateLimited/of-class/limit", "1");
        set.put(CLASS + "/other/RateLimited/limit", "2");
        set.put("other.Class/RateLimited/limit", "3");

        assertThat(ofMethod().current().limit().permits()).isEqualTo(10);
    }

    @Test
    void keysOfAMethod_areNotForWhatStandsAtItsClass() {
        set.put(CLASS + "/place/RateLimited/limit", "2");
        assertThat(ofClass().current().limit().permits()).isEqualTo(7);

        set.put(CLASS + "/RateLimited/limit", "3");
        assertThat(ofClass().current().limit().permits()).isEqualTo(3);
    }

    @Test
    void change_isSeenAfterASecond_andItsEndToo() throws NoSuchMethodException {
        LiveTerms terms = ofMethod();
        set.put("RateLimited/limit", "20");
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(999));
        assertThat(terms.current().limit().permits()).isEqualTo(10);

        secondLater();
        assertThat(terms.current().limit().permits()).isEqualTo(20);
        set.clear();
        secondLater();
        assertThat(terms.current().limit().permits()).isEqualTo(10);
    }

    static Stream<Arguments> badValues() {
        return Stream.of(
                arguments("limit", "0", "from 1 to"),
                arguments("limit", "many", "no whole number; write one from 1"),
                arguments("limit", "1e3", "no whole number"),
                arguments("window", "a minute", "no length of time. Write one such as"),
                arguments("window", "0ms", "from 1 ms to 366 days"),
                arguments("shadow", "yes", "Only true and false"),
                arguments("mode", "loose", "Only strict and leased"),
                arguments("enabled", "1", "Only true and false"));
    }

    @ParameterizedTest(name = "{0} = {1}")
    @MethodSource("badValues")
    void badValue_isToldOnceWithKeyAndCure_andTheAnnotationHolds(String member, String value, String cure)
            throws NoSuchMethodException {
        LiveTerms terms = ofMethod();
        Terms declared = terms.current();
        set.put("RateLimited/" + member, value);
        for (int i = 0; i < 3; i++) {
            secondLater();
            assertThat(terms.current()).isEqualTo(declared);
        }

        assertThat(told()).isOne();
        assertThat(lines.text()).contains("NF0803 RateLimited/" + member + " = " + value + ": ", cure);
    }

    @Test
    void badValue_correctedAndBadAgain_isToldAgain() throws NoSuchMethodException {
        LiveTerms terms = ofMethod();
        for (String value : new String[] {"no", "20", "no"}) {
            set.put("RateLimited/limit", value);
            secondLater();
            terms.current();
        }

        assertThat(told()).isEqualTo(2);
    }

    @Test
    void settingThatCannotBeRead_isTold_andTheAnnotationHolds() throws NoSuchMethodException {
        Limit limit = new Limit("orders", 10, Duration.ofMinutes(1));
        Method method = Orders.class.getMethod("place", String.class);
        LiveSettings failing = key -> {
            if (key.equals("RateLimited/limit")) {
                throw new NoSuchElementException("${shop.limit} is not set");
            }
            return null;
        };
        LiveTerms terms = new LiveTerms(
                new MethodLimit(
                        method.getAnnotation(RateLimited.class),
                        new LimitPlace(Orders.class, method),
                        limit,
                        null,
                        null),
                failing,
                misreadings,
                nanos::get);

        assertThat(terms.current().limit().permits()).isEqualTo(10);
        assertThat(lines.text()).contains("NF0803 RateLimited/limit", "${shop.limit}");
    }

    private int told() {
        return lines.text().split("NF0803", -1).length - 1;
    }
}
