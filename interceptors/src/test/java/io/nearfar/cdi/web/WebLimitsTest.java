package io.nearfar.cdi.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.cdi.testing.ErrorLines;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WebLimitsTest {
    private static final String SETTING = "nearfar.http.ipv6-prefix";

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final URLClassLoader application = new URLClassLoader(new URL[0], WebLimitsTest.class.getClassLoader());
    private final WebLimits limits = new WebLimits(application, nanos::get);

    @RegisterExtension
    final ErrorLines lines = new ErrorLines();

    @AfterEach
    void release() throws Exception {
        System.clearProperty(SETTING);
        WebLimits.Opened open = limits.open();
        if (open != null) {
            open.manager().close();
        }
        application.close();
    }

    @Test
    void open_thatFails_isTriedAgainAfterAWhile_andToldOnce() {
        System.setProperty(SETTING, "many");
        assertThat(limits.open()).isNull();
        System.setProperty(SETTING, "48");
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(30) - 1);
        assertThat(limits.open()).isNull();

        System.setProperty(SETTING, "most");
        nanos.addAndGet(1);
        assertThat(limits.open()).isNull();
        assertThat(lines.text().split(Pattern.quote("NF0902"), -1)).hasSize(2);
        assertThat(lines.text()).contains(SETTING + " = many");

        System.setProperty(SETTING, "48");
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(30));
        assertThat(limits.open().settings().ipv6Prefix()).isEqualTo(48);
    }

    @Test
    void open_afterTheManagerWasClosed_isOfAnother() {
        WebLimits.Opened first = limits.open();
        assertThat(limits.open()).isSameAs(first);
        first.manager().close();
        System.setProperty(SETTING, "48");

        WebLimits.Opened second = limits.open();

        assertThat(second.manager()).isNotSameAs(first.manager());
        assertThat(second.manager().isClosed()).isFalse();
        assertThat(second.settings().ipv6Prefix()).isEqualTo(48);
        assertThat(second.addresses()).isNotSameAs(first.addresses());
    }
}
