package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AfterTimeTest {
    private final AfterTime afterTime = new AfterTime();
    private final List<String> told = new ArrayList<>();

    @Test
    void run_beforeTheTimeIsKnown_waitsForIt() {
        afterTime.run(() -> told.add("first"));
        afterTime.run(() -> told.add("second"));
        assertThat(told).isEmpty();
        afterTime.learned();
        assertThat(told).containsExactly("first", "second");
    }

    @Test
    void run_onceTheTimeIsKnown_runsAtOnceAndTheKeptOnce() {
        afterTime.run(() -> told.add("kept"));
        afterTime.learned();
        afterTime.run(() -> told.add("later"));
        afterTime.learned();
        assertThat(told).containsExactly("kept", "later");
    }
}
