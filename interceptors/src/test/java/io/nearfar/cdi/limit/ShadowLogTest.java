package io.nearfar.cdi.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.cdi.testing.ErrorLines;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ShadowLogTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final ShadowLog log = new ShadowLog("orders", nanos::get);

    @RegisterExtension
    final ErrorLines lines = new ErrorLines();

    @Test
    void refused_often_isToldOnceAMinuteWithItsNumber() {
        for (int i = 0; i < 1_000; i++) {
            log.refused();
        }
        assertThat(lines.text().lines().filter(line -> line.contains("NF08")))
                .singleElement()
                .asString()
                .contains("NF0804 orders: 1 call(s)");

        nanos.addAndGet(TimeUnit.MINUTES.toNanos(1));
        log.refused();
        assertThat(lines.text()).contains("NF0804 orders: 1000 call(s)");
    }
}
