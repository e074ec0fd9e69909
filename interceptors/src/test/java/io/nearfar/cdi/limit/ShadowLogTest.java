package io.nearfar.cdi.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ShadowLogTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final ShadowLog log = new ShadowLog("orders", nanos::get);
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private final PrintStream before = System.err;

    @BeforeEach
    void capture() {
        System.setErr(new PrintStream(lines, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void release() {
        System.setErr(before);
    }

    @Test
    void refused_often_isToldOnceAMinuteWithItsNumber() {
        for (int i = 0; i < 1_000; i++) {
            log.refused();
        }
        assertThat(lines.toString(StandardCharsets.UTF_8).lines().filter(line -> line.contains("NF08")))
                .singleElement()
                .asString()
                .contains("NF0804 orders: 1 call(s)");

        nanos.addAndGet(TimeUnit.MINUTES.toNanos(1));
        log.refused();
        assertThat(lines.toString(StandardCharsets.UTF_8)).contains("NF0804 orders: 1000 call(s)");
    }
}
