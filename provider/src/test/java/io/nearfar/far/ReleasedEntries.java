package io.nearfar.far;

import io.nearfar.config.Compression;
import io.nearfar.config.CompressionSettings;
import io.nearfar.config.TrustPolicy;
import io.nearfar.entry.Attributes;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Envelope;
import io.nearfar.entry.TestSettings;
import io.nearfar.entry.ValueFormat;
import io.nearfar.entry.ValueFormats;
import io.nearfar.entry.Version;
import io.nearfar.entry.compression.ValueCompression;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Entries as a release writes them, for {@code released-entries.txt}: its {@link #main} prints the lines that a release which
 * changes a format, or adds a type, adds to that file. Lines that are there are never changed.
 */
final class ReleasedEntries {
    static final Version VERSION = new Version(1_763_700_000_000_001L, 0x0102030405060708L);
    static final long CREATED = 1_763_700_000_000_000L;
    static final long EXPIRES = 1_763_700_300_000_000L;
    static final byte[] KEY = {7, 8, 9};
    static final List<String> TAGS = List.of("catalog", "größe:7");
    static final long NEAR_MILLIS = 5_000;
    static final long GRACE_MILLIS = 60_000;
    static final String LONG_TEXT = "{\"city\":\"Lisboa\",\"country\":\"PT\"},".repeat(50);

    private static final LocalDateTime NOON = LocalDateTime.of(2025, 11, 21, 12, 0, 0, 5);

    private ReleasedEntries() {}

    /** Returns values by the words that stand for them in the file; a word keeps its value for ever. */
    static Map<String, Object> values() {
        Map<String, Object> all = new LinkedHashMap<>();
        for (Object plain : List.of("Lisboa", 1, 2L, (short) 3, (byte) 4, 'c', 1.5f, 2.5d, true)) {
            all.put(plain.getClass().getSimpleName(), plain);
        }
        all.put("umlaut", "Köln ☃ 𝄞");
        all.put("BigInteger", new BigInteger("123456789012345678901234567890"));
        all.put("BigDecimal", new BigDecimal("-12.340"));
        all.put("UUID", new UUID(1, 2));
        all.put("URI", URI.create("http://example.com/a?b=c#d"));
        for (Object time : List.of(NOON, NOON.toLocalDate(), NOON.toLocalTime(), NOON.toInstant(ZoneOffset.UTC))) {
            all.put(time.getClass().getSimpleName(), time);
        }
        all.put("Duration", Duration.ofMillis(90_061_001));
        all.put("Period", Period.of(1, 2, 3));
        all.put("Year", Year.of(2025));
        all.put("YearMonth", YearMonth.of(2025, 11));
        all.put("MonthDay", MonthDay.of(2, 29));
        all.put("ZoneOffset", ZoneOffset.ofHoursMinutes(-3, -30));
        all.put("ZoneId", ZoneId.of("Europe/Lisbon"));
        all.put("OffsetTime", OffsetTime.of(LocalTime.NOON, ZoneOffset.ofHours(1)));
        all.put("OffsetDateTime", OffsetDateTime.of(NOON, ZoneOffset.ofHours(1)));
        all.put("ZonedDateTime", ZonedDateTime.of(NOON, ZoneId.of("Europe/Lisbon")));
        all.put("DayOfWeek", DayOfWeek.FRIDAY);
        all.put("bytes", new byte[] {1, 2, 3});
        all.put("list", new ArrayList<>(List.of("a", 1, LocalDate.EPOCH)));
        all.put("map", new TreeMap<>(Map.of("a", 1, "b", 2)));
        all.put("instants", new ArrayList<>(List.of(Instant.EPOCH)));
        all.put("long", LONG_TEXT);
        return all;
    }

    static ValueFormat<Object> format(String codec) {
        return ValueFormats.byValue(
                TestSettings.withCodec(codec), Object.class, ReleasedEntries.class.getClassLoader());
    }

    /** Returns what reads the entries of this and all earlier releases. */
    static EntryReader<Object> reader(String codec) {
        return new EntryReader<>(
                "cities",
                format(codec),
                new ValueCompression(TestSettings.trusting(TrustPolicy.LEARNED)),
                8_000_000,
                new java.util.concurrent.atomic.LongAdder());
    }

    /** Prints a line for each entry: codec, compression, what is special of the envelope, the word of the value, all bytes. */
    public static void main(String[] arguments) {
        values().forEach((word, value) -> {
            line(
                    "java",
                    Compression.NONE,
                    "-",
                    word,
                    envelope(null, Entry.NEVER, Compression.NONE, bytes("java", value)));
        });
        for (String word : List.of("list", "map")) {
            byte[] json = bytes("json", values().get(word));
            line("json", Compression.NONE, "-", word, envelope(null, Entry.NEVER, Compression.NONE, json));
        }
        byte[] text = bytes("java", LONG_TEXT);
        for (Compression method : List.of(Compression.DEFLATE, Compression.LZ4, Compression.ZSTD)) {
            byte[] smaller = new ValueCompression(TestSettings.compressing(new CompressionSettings(method, 1)))
                    .compress(text)
                    .bytes();
            line("java", method, "-", "long", envelope(null, Entry.NEVER, method, smaller));
        }
        byte[] plain = bytes("java", "Lisboa");
        line("java", Compression.NONE, "expires", "String", envelope(null, EXPIRES, Compression.NONE, plain));
        line("java", Compression.NONE, "key", "String", envelope(KEY, EXPIRES, Compression.NONE, plain));
        line(
                "java",
                Compression.NONE,
                "tags",
                "String",
                attributed(null, new Attributes(TAGS, Attributes.AS_CONFIGURED)));
        line("java", Compression.NONE, "near", "String", attributed(null, new Attributes(List.of(), NEAR_MILLIS)));
        line("java", Compression.NONE, "tags+near+key", "String", attributed(KEY, new Attributes(TAGS, NEAR_MILLIS)));
        byte[] holder = placeholder(Envelope.placeholderHead(), Envelope.placeholderTail());
        line("java", Compression.NONE, "placeholder", "-", holder);
        for (String word : List.of("list", "map")) {
            byte[] kryo = bytes("kryo", values().get(word));
            line("kryo", Compression.NONE, "-", word, envelope(null, Entry.NEVER, Compression.NONE, kryo));
        }
        Attributes graced = new Attributes(List.of(), Attributes.AS_CONFIGURED, GRACE_MILLIS);
        line("java", Compression.NONE, "grace", "String", attributed(null, graced));
        Attributes all = new Attributes(TAGS, NEAR_MILLIS, GRACE_MILLIS);
        line("java", Compression.NONE, "tags+near+grace+key", "String", attributed(KEY, all));
        Attributes tagged = new Attributes(TAGS, Attributes.AS_CONFIGURED);
        line("java", Compression.NONE, "placeholder+absence", "-", absence(Attributes.NONE));
        line("java", Compression.NONE, "placeholder+absence+tags", "-", absence(tagged));
        byte[] keeping = keeping(Envelope.placeholderHead(), attributed(KEY, all));
        line("java", Compression.NONE, "placeholder+kept", "-", keeping);
        byte[] resting = keeping(Envelope.absenceHead(Attributes.NONE), attributed(KEY, all));
        line("java", Compression.NONE, "placeholder+absence+kept", "-", resting);
    }

    private static byte[] placeholder(byte[] head, byte[] tail) {
        byte[] holder = new Envelope(true, VERSION, CREATED, EXPIRES, null, new byte[0]).bytes();
        byte[] whole = Arrays.copyOf(holder, 34 + tail.length);
        System.arraycopy(head, 0, whole, 0, 2);
        System.arraycopy(tail, 0, whole, 34, tail.length);
        return whole;
    }

    private static byte[] absence(Attributes attributes) {
        return placeholder(Envelope.absenceHead(attributes), Envelope.absenceTail(attributes));
    }

    /** As scripts make it of the head of a placeholder: the flag, a plain one's checksum, and the whole entry behind that. */
    private static byte[] keeping(byte[] head, byte[] kept) {
        byte[] tail = Arrays.copyOf(Envelope.placeholderTail(), Integer.BYTES + kept.length);
        System.arraycopy(kept, 0, tail, Integer.BYTES, kept.length);
        return placeholder(new byte[] {head[0], (byte) (head[1] | 128)}, tail);
    }

    private static byte[] attributed(byte[] key, Attributes attributes) {
        return envelope(key, EXPIRES, Compression.NONE, bytes("java", "Lisboa"), attributes);
    }

    private static byte[] bytes(String codec, Object value) {
        return format(codec).keep(value).bytes();
    }

    private static byte[] envelope(byte[] key, long expires, Compression method, byte[] value) {
        return envelope(key, expires, method, value, Attributes.NONE);
    }

    private static byte[] envelope(byte[] key, long expires, Compression method, byte[] value, Attributes attributes) {
        return new Envelope(false, VERSION, CREATED, expires, key, method, value, attributes).bytes();
    }

    @SuppressWarnings("SystemOut") // a tool, not a test
    private static void line(String codec, Compression method, String special, String word, byte[] entry) {
        System.out.println(String.join(
                " ", codec, method.name(), special, word, HexFormat.of().formatHex(entry)));
    }
}
