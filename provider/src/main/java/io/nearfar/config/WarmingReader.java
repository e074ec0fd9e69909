package io.nearfar.config;

import io.nearfar.WarmingPlan;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts what is set for warmings in the place of what their plans say. */
final class WarmingReader {
    private final Map<String, Section> sections;

    /** Creates one; {@code sections} are what is set, by the names of the warmings in environment form. */
    WarmingReader(Map<String, Section> sections) {
        this.sections = sections;
    }

    /** Returns the plan that holds in the place of {@code plan}, or null if the warming is switched off. */
    @Nullable
    WarmingPlan read(WarmingPlan plan) {
        Section section = sections.get(EnvironmentForm.of(plan.name()));
        if (section == null) {
            return plan;
        } else if (!section.valueOrDefault(WarmingTable.ENABLED)) {
            return null;
        }
        Optional<Duration> every = section.value(WarmingTable.EVERY);
        Optional<Long> keys = section.value(WarmingTable.KEYS_PER_SECOND);
        WarmingPlan timed = every == null ? plan : plan.withEvery(every.orElse(null));
        return keys == null ? timed : timed.withKeysPerSecond(keys.orElse(Long.MAX_VALUE));
    }
}
