package io.nearfar.entry.codec;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
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
import java.util.List;
import java.util.UUID;

/** The standard types with a compact form. Tags are part of the format: add, never change. */
final class CompactTypes {
    /** Tag of an enum constant: class name, then constant name. */
    static final int ENUM = 2;
    /** Tag of an object by codec: length and name of the codec, then its bytes. */
    static final int CODEC = 3;

    static final List<CompactType<?>> ALL = List.of(
            of(1, String.class, CompactTypes::writeText, CompactTypes::readText),
            of(4, byte[].class, DataOutputStream::write, DataInputStream::readAllBytes),
            of(5, Boolean.class, DataOutputStream::writeBoolean, CompactTypes::readBoolean),
            of(6, Character.class, (out, it) -> out.writeChar(it), DataInputStream::readChar),
            of(7, Byte.class, (out, it) -> out.writeByte(it), DataInputStream::readByte),
            of(8, Short.class, (out, it) -> out.writeShort(it), DataInputStream::readShort),
            of(9, Integer.class, DataOutputStream::writeInt, DataInputStream::readInt),
            of(10, Long.class, DataOutputStream::writeLong, DataInputStream::readLong),
            of(11, Float.class, DataOutputStream::writeFloat, DataInputStream::readFloat),
            of(12, Double.class, DataOutputStream::writeDouble, DataInputStream::readDouble),
            of(13, BigInteger.class, (out, it) -> out.write(it.toByteArray()), CompactTypes::readBigInteger),
            of(14, BigDecimal.class, CompactTypes::writeDecimal, CompactTypes::readDecimal),
            of(15, UUID.class, CompactTypes::writeUuid, in -> new UUID(in.readLong(), in.readLong())),
            of(16, URI.class, (out, it) -> writeText(out, it.toString()), in -> URI.create(readText(in))),
            of(17, LocalDate.class, CompactTypes::writeDate, CompactTypes::readDate),
            of(18, LocalTime.class, CompactTypes::writeTime, CompactTypes::readTime),
            of(19, LocalDateTime.class, CompactTypes::writeDateTime, CompactTypes::readDateTime),
            of(20, Instant.class, CompactTypes::writeInstant, CompactTypes::readInstant),
            of(21, Duration.class, CompactTypes::writeDuration, CompactTypes::readDuration),
            of(22, Period.class, CompactTypes::writePeriod, CompactTypes::readPeriod),
            of(23, Year.class, (out, it) -> out.writeInt(it.getValue()), in -> Year.of(in.readInt())),
            of(24, YearMonth.class, CompactTypes::writeYearMonth, CompactTypes::readYearMonth),
            of(25, MonthDay.class, CompactTypes::writeMonthDay, CompactTypes::readMonthDay),
            of(26, ZoneOffset.class, CompactTypes::writeOffset, CompactTypes::readOffset),
            of(27, regionClass(), (out, it) -> writeText(out, it.getId()), in -> ZoneId.of(readText(in))),
            of(28, OffsetTime.class, CompactTypes::writeOffsetTime, CompactTypes::readOffsetTime),
            of(29, OffsetDateTime.class, CompactTypes::writeOffsetDateTime, CompactTypes::readOffsetDateTime),
            of(30, ZonedDateTime.class, CompactTypes::writeZoned, CompactTypes::readZoned));

    private CompactTypes() {}

    private static <T> CompactType<T> of(
            int tag, Class<? extends T> type, CompactType.Writer<T> writer, CompactType.Reader<T> reader) {
        return new CompactType<>(tag, type, writer, reader);
    }

    private static Class<? extends ZoneId> regionClass() {
        return ZoneId.of("Europe/London").getClass();
    }

    /** One byte of form, then UTF-8, or UTF-16 where halves of surrogate pairs stand alone. */
    static void writeText(DataOutputStream out, String text) throws IOException {
        ByteBuffer utf8 = strictUtf8(text);
        if (utf8 != null) {
            out.writeByte(8);
            out.write(utf8.array(), utf8.arrayOffset(), utf8.remaining());
        } else {
            out.writeByte(16);
            out.write(utf16(text));
        }
    }

    /** Reads all that is left. */
    static String readText(DataInputStream in) throws IOException {
        int form = in.readUnsignedByte();
        ByteBuffer rest = ByteBuffer.wrap(in.readAllBytes());
        return switch (form) {
            case 8 -> StandardCharsets.UTF_8.newDecoder().decode(rest).toString();
            case 16 -> readUtf16(rest);
            default -> throw new IOException("text of unknown form " + form);
        };
    }

    private static @org.jspecify.annotations.Nullable ByteBuffer strictUtf8(String text) {
        try {
            return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        } catch (CharacterCodingException loneSurrogate) {
            return null;
        }
    }

    private static byte[] utf16(String text) {
        ByteBuffer chars = ByteBuffer.allocate(2 * text.length());
        chars.asCharBuffer().put(text);
        return chars.array();
    }

    private static String readUtf16(ByteBuffer chars) throws IOException {
        if (chars.remaining() % 2 != 0) {
            throw new IOException("half a character at the end of a text");
        }
        return chars.asCharBuffer().toString();
    }

    private static boolean readBoolean(DataInputStream in) throws IOException {
        int bit = in.readUnsignedByte();
        if (bit > 1) {
            throw new IOException("a boolean of " + bit);
        }
        return bit == 1;
    }

    private static BigInteger readBigInteger(DataInputStream in) throws IOException {
        return new BigInteger(in.readAllBytes());
    }

    private static void writeDecimal(DataOutputStream out, BigDecimal value) throws IOException {
        out.writeInt(value.scale());
        out.write(value.unscaledValue().toByteArray());
    }

    private static BigDecimal readDecimal(DataInputStream in) throws IOException {
        int scale = in.readInt();
        return new BigDecimal(readBigInteger(in), scale);
    }

    private static void writeUuid(DataOutputStream out, UUID value) throws IOException {
        out.writeLong(value.getMostSignificantBits());
        out.writeLong(value.getLeastSignificantBits());
    }

    private static void writeDate(DataOutputStream out, LocalDate value) throws IOException {
        out.writeInt(value.getYear());
        out.writeByte(value.getMonthValue());
        out.writeByte(value.getDayOfMonth());
    }

    private static LocalDate readDate(DataInputStream in) throws IOException {
        return LocalDate.of(in.readInt(), in.readByte(), in.readByte());
    }

    private static void writeTime(DataOutputStream out, LocalTime value) throws IOException {
        out.writeLong(value.toNanoOfDay());
    }

    private static LocalTime readTime(DataInputStream in) throws IOException {
        return LocalTime.ofNanoOfDay(in.readLong());
    }

    private static void writeDateTime(DataOutputStream out, LocalDateTime value) throws IOException {
        writeDate(out, value.toLocalDate());
        writeTime(out, value.toLocalTime());
    }

    private static LocalDateTime readDateTime(DataInputStream in) throws IOException {
        return LocalDateTime.of(readDate(in), readTime(in));
    }

    private static void writeInstant(DataOutputStream out, Instant value) throws IOException {
        out.writeLong(value.getEpochSecond());
        out.writeInt(value.getNano());
    }

    private static Instant readInstant(DataInputStream in) throws IOException {
        return Instant.ofEpochSecond(in.readLong(), in.readInt());
    }

    private static void writeDuration(DataOutputStream out, Duration value) throws IOException {
        out.writeLong(value.getSeconds());
        out.writeInt(value.getNano());
    }

    private static Duration readDuration(DataInputStream in) throws IOException {
        return Duration.ofSeconds(in.readLong(), in.readInt());
    }

    private static void writePeriod(DataOutputStream out, Period value) throws IOException {
        out.writeInt(value.getYears());
        out.writeInt(value.getMonths());
        out.writeInt(value.getDays());
    }

    private static Period readPeriod(DataInputStream in) throws IOException {
        return Period.of(in.readInt(), in.readInt(), in.readInt());
    }

    private static void writeYearMonth(DataOutputStream out, YearMonth value) throws IOException {
        out.writeInt(value.getYear());
        out.writeByte(value.getMonthValue());
    }

    private static YearMonth readYearMonth(DataInputStream in) throws IOException {
        return YearMonth.of(in.readInt(), in.readByte());
    }

    private static void writeMonthDay(DataOutputStream out, MonthDay value) throws IOException {
        out.writeByte(value.getMonthValue());
        out.writeByte(value.getDayOfMonth());
    }

    private static MonthDay readMonthDay(DataInputStream in) throws IOException {
        return MonthDay.of(in.readByte(), in.readByte());
    }

    private static void writeOffset(DataOutputStream out, ZoneOffset value) throws IOException {
        out.writeInt(value.getTotalSeconds());
    }

    private static ZoneOffset readOffset(DataInputStream in) throws IOException {
        return ZoneOffset.ofTotalSeconds(in.readInt());
    }

    private static void writeOffsetTime(DataOutputStream out, OffsetTime value) throws IOException {
        writeTime(out, value.toLocalTime());
        writeOffset(out, value.getOffset());
    }

    private static OffsetTime readOffsetTime(DataInputStream in) throws IOException {
        return OffsetTime.of(readTime(in), readOffset(in));
    }

    private static void writeOffsetDateTime(DataOutputStream out, OffsetDateTime value) throws IOException {
        writeDateTime(out, value.toLocalDateTime());
        writeOffset(out, value.getOffset());
    }

    private static OffsetDateTime readOffsetDateTime(DataInputStream in) throws IOException {
        return OffsetDateTime.of(readDateTime(in), readOffset(in));
    }

    private static void writeZoned(DataOutputStream out, ZonedDateTime value) throws IOException {
        writeDateTime(out, value.toLocalDateTime());
        writeOffset(out, value.getOffset());
        writeText(out, value.getZone().getId());
    }

    /** A node with other zone rules keeps the instant and lets the local time follow. */
    private static ZonedDateTime readZoned(DataInputStream in) throws IOException {
        LocalDateTime local = readDateTime(in);
        ZoneOffset offset = readOffset(in);
        return ZonedDateTime.ofInstant(local, offset, ZoneId.of(readText(in)));
    }
}
