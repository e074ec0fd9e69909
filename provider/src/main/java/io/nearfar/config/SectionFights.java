package io.nearfar.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Finds settings that one source gives for one template or cache, and of which one leaves the other without effect. Two
 * sources may do so: an operator who overrides one setting need not know the other.
 */
final class SectionFights {
    private static final List<Setting<?>> NEAR_TIER =
            List.of(CacheTable.NEAR_MAXIMUM_ENTRIES, CacheTable.NEAR_MAXIMUM_WEIGHT, CacheTable.NEAR_TTL);

    private static final List<Setting<?>> REMEMBERING = List.of(
            CacheTable.OUTAGE_DIRTY_MAXIMUM,
            CacheTable.OUTAGE_DIRTY_MAXIMUM_WEIGHT,
            CacheTable.OUTAGE_RECOVERY,
            CacheTable.OUTAGE_FALLBACK);

    private final Section section;
    private final Mistakes mistakes;

    private SectionFights(Section section, Mistakes mistakes) {
        this.section = section;
        this.mistakes = mistakes;
    }

    /** Adds to {@code mistakes} what fights in {@code section}. */
    static void find(Section section, Mistakes mistakes) {
        SectionFights fights = new SectionFights(section, mistakes);
        fights.nearTierOff();
        fights.nearOutlivesEntry();
        fights.closed();
        fights.idleRule();
    }

    private void nearTierOff() {
        if (section.value(CacheTable.MODE) == Mode.FAR) {
            NEAR_TIER.forEach(setting -> fight(
                    CacheTable.MODE,
                    setting,
                    "there is no near tier in mode far. Leave it out, or set mode = tiered."));
        }
    }

    private void nearOutlivesEntry() {
        Optional<Duration> life = section.value(CacheTable.TTL);
        Duration near = section.value(CacheTable.NEAR_TTL);
        if (life != null && life.isPresent() && near != null && near.compareTo(longest(life.get())) > 0) {
            fight(
                    CacheTable.NEAR_TTL,
                    CacheTable.TTL,
                    "no entry stays near longer than it lives. Lower near.ttl or leave it out.");
        }
    }

    private Duration longest(Duration life) {
        TimeToLiveRules rules = section.value(CacheTable.TTL_RULES);
        return rules == null ? life : rules.longest(life);
    }

    private void idleRule() {
        Given given = section.given(CacheTable.TTL_RULES);
        TimeToLiveRules rules = section.value(CacheTable.TTL_RULES);
        TimeToLiveRules.Rule idle = rules == null ? null : rules.idle();
        if (given != null && idle != null) {
            mistakes.add(
                    given,
                    "the rule for " + idle.keys()
                            + " never counts, for one before it matches all that it matches. Write the"
                            + " narrower pattern first, or leave one of them out.");
        }
    }

    private void closed() {
        if (section.value(CacheTable.OUTAGE) == OutagePolicy.CLOSED) {
            REMEMBERING.forEach(setting -> fight(
                    CacheTable.OUTAGE,
                    setting,
                    "nothing is remembered where an outage throws. Leave it out, or set outage = open."));
            fight(
                    CacheTable.OUTAGE,
                    CacheTable.MAX_STALE,
                    "nothing stale is answered where an outage throws. Leave"
                            + " max-stale out, or set outage = open.");
            fight(
                    CacheTable.OUTAGE,
                    CacheTable.OUTAGE_ATOMIC,
                    "everything throws in an outage that is closed. Leave"
                            + " outage.atomic out, or set outage = open.");
        }
    }

    private void fight(Setting<?> one, Setting<?> other, String cure) {
        Given first = section.given(one);
        Given second = section.given(other);
        if (first != null && second != null && first.isOfSameSource(second)) {
            mistakes.fight(first, second, cure);
        }
    }
}
