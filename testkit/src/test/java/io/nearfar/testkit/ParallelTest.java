package io.nearfar.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.NearfarManager;
import io.nearfar.testkit.fault.Fault;
import io.nearfar.testkit.fault.Faults;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.cache.Cache;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@NearfarTest(mode = Mode.FAR, settings = "nearfar.deadline = 9s")
@Execution(ExecutionMode.CONCURRENT)
class ParallelTest {
    private static final Set<NearfarManager> MANAGERS = ConcurrentHashMap.newKeySet();

    @RepeatedTest(4)
    void testsSideBySide_seeNothingOfEachOther(
            NearfarManager manager, Cache<String, Integer> cache, Faults faults, RepetitionInfo repetition) {
        assertThat(MANAGERS.add(manager)).isTrue();
        assertThat(faults.open()).isEmpty();
        for (int i = 0; i < 20; i++) {
            cache.put("k", repetition.getCurrentRepetition());
            assertThat(cache.get("k")).isEqualTo(repetition.getCurrentRepetition());
            cache.clear();
            assertThat(cache.get("k")).isNull();
        }
        Fault left = faults.outage(); // healed for it, or the next would not begin well
        assertThat(faults.open()).containsExactly(left);
    }
}
