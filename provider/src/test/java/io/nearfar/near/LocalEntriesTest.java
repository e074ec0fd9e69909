package io.nearfar.near;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.entry.Attributes;
import io.nearfar.entry.Entry;
import io.nearfar.entry.FullEntry;
import io.nearfar.entry.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalEntriesTest {
    private static final Value<String> SHARED = Value.shared("v");
    private static final Attributes TAGGED = Attributes.of(List.of("t"), Attributes.AS_CONFIGURED);

    private final LocalEntries<String> entries = new LocalEntries<>(false);

    private void assertIs(Entry<String> made, Class<?> type, long created, long expires, Attributes attributes) {
        assertThat(made).isExactlyInstanceOf(type);
        assertThat(made.get()).isEqualTo("v");
        assertThat(made).isEqualTo(Entry.of(SHARED, Stamps.version(7), created, expires, attributes));
        assertThat(made).hasSameHashCodeAs(Entry.of(SHARED, Stamps.version(7), created, expires, attributes));
        assertThat(made.isOf(Stamps.version(7))).isTrue();
        assertThat(made.isOf(Stamps.version(8))).isFalse();
    }

    @Test
    void of_valueThatAllShare_keepsWhatItsWriteSaid() {
        assertIs(
                entries.of(SHARED, 7, 7, Entry.NEVER, Attributes.NONE),
                SharedEntry.class,
                7,
                Entry.NEVER,
                Attributes.NONE);
        assertIs(
                entries.of(SHARED, 7, 3, Entry.NEVER, Attributes.NONE),
                DatedEntry.class,
                3,
                Entry.NEVER,
                Attributes.NONE);
        assertIs(entries.of(SHARED, 7, 7, 9, Attributes.NONE), DatedEntry.class, 7, 9, Attributes.NONE);
        assertIs(entries.of(SHARED, 7, 7, 9, TAGGED), FullEntry.class, 7, 9, TAGGED);
    }

    @Test
    void of_valueThatIsWeighedOrCopied_keepsIt() {
        Value<String> copied = new Copied();
        assertThat(entries.of(copied, 7, 7, Entry.NEVER, Attributes.NONE).value())
                .isSameAs(copied);
        assertThat(new LocalEntries<String>(true)
                        .of(SHARED, 7, 7, Entry.NEVER, Attributes.NONE)
                        .value())
                .isSameAs(SHARED);
    }

    @Test
    void expiring_always_changesTheEndAlone() {
        Entry<String> entry = entries.of(SHARED, 7, 7, Entry.NEVER, Attributes.NONE);
        assertIs(entry.expiring(9), DatedEntry.class, 7, 9, Attributes.NONE);
        assertIs(entry.expiring(9).expiring(12), DatedEntry.class, 7, 12, Attributes.NONE);
        assertThat(entry.isExpired(Entry.NEVER - 1)).isFalse();
        assertThat(entry.expiring(9).isExpired(8)).isFalse();
        assertThat(entry.expiring(9).isExpired(9)).isTrue();
    }

    /** A value that is another each time. */
    private static final class Copied implements Value<String> {
        @Override
        public String get() {
            return String.valueOf(new char[] {'v'});
        }

        @Override
        public byte[] bytes() {
            return new byte[0];
        }

        @Override
        public int weight() {
            return 1;
        }
    }
}
