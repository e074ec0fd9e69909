package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nearfar.config.Compression;
import io.nearfar.entry.Attributes;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Envelope;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Entries that any release has written are read by this one. What they hold is in {@code released-entries.txt}, below the
 * format that each line is of; {@link ReleasedEntries} tells which value is meant.
 */
class ReleasedEntriesTest {
    private static final Map<String, Object> VALUES = ReleasedEntries.values();

    /** One line of the file. */
    record Released(String codec, Compression compression, String special, String word, byte[] bytes) {
        static Released of(String line) {
            String[] words = line.split(" ");
            return new Released(
                    words[0],
                    Compression.valueOf(words[1]),
                    words[2],
                    words[3],
                    HexFormat.of().parseHex(words[4]));
        }

        @Override
        public String toString() {
            return codec + " " + compression + " " + special + " " + word;
        }
    }

    static List<Released> released() throws IOException {
        try (InputStream file = ReleasedEntriesTest.class.getResourceAsStream("released-entries.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Released::of)
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("released")
    void read_entryOfARelease_givesWhatItWrote(Released released) {
        EntryReader<Object> reader = ReleasedEntries.reader(released.codec());
        Envelope envelope = reader.envelope(released.bytes());
        assertThat(envelope).isNotNull();
        assertThat(envelope.version()).isEqualTo(ReleasedEntries.VERSION);
        assertThat(envelope.created()).isEqualTo(ReleasedEntries.CREATED);
        assertThat(envelope.compression()).isEqualTo(released.compression());
        Entry<Object> entry = reader.entry(envelope, "");
        List<String> special = List.of(released.special().split("\\+"));
        assertThat(envelope.placeholder()).isEqualTo(special.contains("placeholder"));
        assertThat(entry == null).isEqualTo(envelope.placeholder());
        assertThat(envelope.keyBytes()).isEqualTo(special.contains("key") ? ReleasedEntries.KEY : null);
        assertThat(envelope.expires()).isEqualTo(special.contains("-") ? Entry.NEVER : ReleasedEntries.EXPIRES);
        assertThat(envelope.attributes())
                .isEqualTo(new Attributes(
                        special.contains("tags") ? ReleasedEntries.TAGS : List.of(),
                        special.contains("near") ? ReleasedEntries.NEAR_MILLIS : Attributes.AS_CONFIGURED,
                        special.contains("grace") ? ReleasedEntries.GRACE_MILLIS : Attributes.AS_CONFIGURED));
        assertThat(Envelope.isAbsence(released.bytes()))
                .isEqualTo(special.contains("absence") && !special.contains("kept"));
        if (entry != null) {
            assertThat(entry.value().get()).isEqualTo(VALUES.get(released.word()));
        }
    }

    static List<Released> keeping() throws IOException {
        return released().stream()
                .filter(released -> released.special().contains("kept"))
                .toList();
    }

    /** What a load has ended with, or has not ended yet, keeps the entry of before. */
    @ParameterizedTest
    @MethodSource("keeping")
    void read_ofWhatAPlaceholderKeeps_givesTheEntryOfBefore(Released released) {
        EntryReader<Object> reader = ReleasedEntries.reader(released.codec());
        Envelope kept = reader.envelope(Envelope.kept(released.bytes()));
        assertThat(kept.attributes())
                .isEqualTo(new Attributes(
                        ReleasedEntries.TAGS, ReleasedEntries.NEAR_MILLIS, ReleasedEntries.GRACE_MILLIS));
        assertThat(kept.keyBytes()).isEqualTo(ReleasedEntries.KEY);
        assertThat(reader.entry(kept, "").value().get()).isEqualTo("Lisboa");
    }

    /** The masks of flags that the classes of the format declare: each a bit, or some of them. */
    private static List<Byte> flags(String type) throws ReflectiveOperationException {
        List<Byte> flags = new ArrayList<>();
        for (Field field : Class.forName("io.nearfar.entry." + type).getDeclaredFields()) {
            if (field.getType() == byte.class && !field.getName().equals("FORMAT")) {
                field.setAccessible(true);
                flags.add(field.getByte(null));
            }
        }
        return flags;
    }

    /** A flag that is added gets its line, alone or with others as its declaration has it; so does a codec. */
    @Test
    void released_haveEachFlagAndCodec() throws Exception {
        List<Released> all = released();
        List<Byte> flags = new ArrayList<>(flags("Envelope"));
        flags.addAll(flags("AttributeBytes"));
        assertThat(flags).hasSizeGreaterThanOrEqualTo(8);
        for (byte flag : flags) {
            assertThat(all)
                    .as("a line with the flags %d", flag & 0xff)
                    .anyMatch(released -> (released.bytes()[1] & flag) == flag);
        }
        assertThatThrownBy(() -> ReleasedEntries.format("none"))
                .hasMessageContaining(all.stream()
                        .map(Released::codec)
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining(", ", "known are ", ". Set")));
    }

    /** A type or a method of compression that is added gets its line. */
    @Test
    void released_holdEveryKindOfValueAndEntry() throws IOException {
        List<Released> all = released();
        assertThat(all).extracting(Released::word).containsAll(VALUES.keySet());
        assertThat(all).extracting(Released::compression).contains(Compression.values());
        assertThat(all)
                .extracting(Released::special)
                .contains("placeholder", "key", "expires", "tags", "near", "tags+near+key", "-")
                .contains("grace", "tags+near+grace+key", "placeholder+absence", "placeholder+absence+tags")
                .contains("placeholder+kept", "placeholder+absence+kept");
        assertThat(all).extracting(released -> released.bytes()[0]).contains(Envelope.FORMAT);
    }
}
