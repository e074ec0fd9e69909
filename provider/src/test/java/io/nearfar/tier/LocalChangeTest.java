package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Lifetime;
import io.nearfar.entry.Version;
import io.nearfar.testing.TextFormat;
import io.nearfar.tier.LocalChange.Decided;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalChangeTest {
    private static final Version KNOWN = new Version(1, 1);
    private static final Version NEW = new Version(-1, 1);
    private static final long MICROS = 1_000_000;
    private static final long NANOS = Long.MAX_VALUE - 5; // the process's clock may be anywhere, and may run over

    private final TextFormat values = new TextFormat();
    private final Entry<String> known = Entry.of(values.keep("known"), KNOWN, 10, MICROS + 7_000);

    private static long after(long nanos) {
        return NANOS + nanos;
    }

    private static Condition condition(String name) {
        return switch (name) {
            case "absent" -> Condition.ABSENT;
            case "present" -> Condition.PRESENT;
            case "is" -> Condition.is(KNOWN);
            case "is-other" -> Condition.is(new Version(1, 2));
            case "witnessed" -> Condition.WITNESSED;
            default -> Condition.ALWAYS;
        };
    }

    private Decided<String> decide(Change<String> change, boolean there) {
        return new LocalChange<>(change, NEW, 3, MICROS, NANOS).over(there ? known : null);
    }

    @ParameterizedTest
    @CsvSource({
        "always,    true,  true", "always,    false, true",
        "witnessed, true,  true", "witnessed, false, true",
        "absent,    true,  false", "absent,    false, true",
        "present,   true,  true", "present,   false, false",
        "is,        true,  true", "is,        false, false",
        "is-other,  true,  false", "is-other,  false, false"
    })
    void over_conditions(String condition, boolean there, boolean applied) {
        Change<String> write = Change.write(values.keep("new"), condition(condition), Lifetime.of(5), true);
        Decided<String> decided = decide(write, there);
        assertThat(decided.reply().applied()).isEqualTo(applied);
        assertThat(decided.reply().existed()).isEqualTo(there);
        assertThat(decided.reply().met()).isEqualTo(there ? known : null);
        assertThat(decided.reply().version()).as("no version of the far tier").isNull();
        assertThat(decided.noted() != null).isEqualTo(applied);
        assertThat(decide(Change.removal(condition(condition), false), there)
                        .reply()
                        .applied())
                .isEqualTo(applied);
    }

    @ParameterizedTest
    @CsvSource({
        "5,  9,  false, 5", "5,  9,  true,  9",
        "-1, 9,  false, -1", "5,  -1, true,  -1",
        "5,  -2, true,  7", "0,  9,  false, 0",
        "5,  0,  true,  0", "9000000000000000, 9, false, -1"
    })
    void over_lifetimes(long onCreate, long onUpdate, boolean there, long millis) {
        Lifetime lifetime = new Lifetime(onCreate, onUpdate);
        Decided<String> decided = decide(Change.write(values.keep("new"), Condition.ALWAYS, lifetime, false), there);
        Noted<String> noted = decided.noted();
        Entry<String> now = decided.reply().now();
        assertThat(decided.reply().met()).as("not asked for").isNull();
        assertThat(noted.entry()).isEqualTo(now);
        if (millis == 0) {
            assertThat(now).isNull();
            return;
        }
        assertThat(now.created()).isEqualTo(there ? 10 : MICROS);
        assertThat(now.expires()).isEqualTo(millis < 0 ? Entry.NEVER : MICROS + millis * 1_000);
        assertThat(noted.served(NANOS)).isEqualTo(now);
        assertThat(noted.served(after(millis * 1_000_000))).isEqualTo(millis < 0 ? now : null);
    }

    @Test
    void madeUpFor_knownBefore_isWrittenForWhatIsLeftOfItsLifetime() {
        Noted<String> noted = decide(Change.write(values.keep("new"), Condition.ALWAYS, Lifetime.of(5), false), false)
                .noted();
        Change<String> change = noted.madeUpFor(KNOWN, KNOWN.stamp(), after(2_000_001));
        assertThat(change.condition()).isEqualTo(Condition.is(KNOWN));
        assertThat(change.lifetime()).isEqualTo(Lifetime.of(3));
        assertThat(noted.madeUpFor(KNOWN, KNOWN.stamp(), after(4_999_999)).lifetime())
                .isEqualTo(Lifetime.of(1));
        assertThat(noted.madeUpFor(KNOWN, KNOWN.stamp(), after(5_000_000)).isRemoval())
                .isTrue();
    }

    @Test
    void madeUpFor_notKnownBeforeOrWithoutValue_isARemoval() {
        Noted<String> noted = decide(Change.write(values.keep("new"), Condition.ALWAYS, Node.eternal(), false), false)
                .noted();
        assertThat(noted.madeUpFor(KNOWN, KNOWN.stamp(), after(1)).lifetime()).isEqualTo(Node.eternal());
        assertThat(noted.madeUpFor(null, Change.EVER, NANOS).isRemoval()).isTrue();
        assertThat(noted.withoutValue().madeUpFor(KNOWN, KNOWN.stamp(), NANOS).isRemoval())
                .isTrue();
        assertThat(decide(Change.removal(Condition.ALWAYS, false), true)
                        .noted()
                        .madeUpFor(KNOWN, KNOWN.stamp(), NANOS)
                        .isRemoval())
                .isTrue();
    }

    @Test
    void hidingAt_endsWithTheLifetimeAtTheLatest() {
        Noted<String> noted = decide(Change.write(values.keep("new"), Condition.ALWAYS, Lifetime.of(5), false), false)
                .noted();
        assertThat(noted.hidingAt(after(1)).served(NANOS)).isNotNull();
        assertThat(noted.hidingAt(after(1)).served(after(1))).isNull();
        assertThat(noted.hidingAt(after(1))
                        .madeUpFor(KNOWN, KNOWN.stamp(), after(1))
                        .isRemoval())
                .as("only this node stops to answer with it")
                .isFalse();
        assertThat(noted.hidingAt(after(9_000_000)).served(after(5_000_000))).isNull();
    }
}
