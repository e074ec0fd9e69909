package io.nearfar.cdi.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.cdi.testing.ErrorLines;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FailureLogTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final FailureLog log = new FailureLog("cities", "Cities.find(int)", nanos::get);

    @RegisterExtension
    final ErrorLines lines = new ErrorLines();

    @Test
    void failed_often_toldOnce() {
        for (int i = 0; i < 1_000; i++) {
            log.failed(new IllegalStateException("no connection"));
        }

        assertThat(count("NF0801 cities")).isOne();
        assertThat(count("no connection")).isOne();
    }

    @Test
    void worked_afterFailures_toldOnceWithCount() {
        log.failed(new IllegalStateException("no connection"));
        log.failed(new IllegalStateException("no connection"));
        log.worked();
        log.worked();

        assertThat(count("NF0802 cities")).isOne();
        assertThat(text()).contains("2 calls went on without it");
    }

    @Test
    void worked_withoutFailure_silent() {
        log.worked();

        assertThat(text()).isEmpty();
    }

    @Test
    void failed_againAndAgain_toldOnceAMinute() {
        for (int i = 0; i < 10; i++) {
            log.failed(new IllegalStateException("no connection"));
            log.worked();
        }
        assertThat(count("NF0801")).isOne();

        nanos.addAndGet(TimeUnit.MINUTES.toNanos(1));
        log.failed(new IllegalStateException("no connection"));

        assertThat(count("NF0801")).isEqualTo(2);
    }

    private int count(String part) {
        return text().split(Pattern.quote(part), -1).length - 1;
    }

    private String text() {
        return lines.text();
    }
}
