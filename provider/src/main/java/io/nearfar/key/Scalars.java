package io.nearfar.key;

import java.math.BigDecimal;
import java.math.BigInteger;
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
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The standard types in keys, each with its letter. Letters are part of the format: add, never change. */
final class Scalars {
    /** Letter of a missing part. */
    static final char NULL = 'n';
    /** Letter of an enum constant, whose class its text alone does not give. */
    static final char ENUM = 'e';

    private static final List<Scalar<?>> ALL = List.of(
            new Scalar<>('s', String.class, it -> it, it -> it),
            new Scalar<>('i', Integer.class, String::valueOf, Integer::valueOf),
            new Scalar<>('l', Long.class, String::valueOf, Long::valueOf),
            new Scalar<>('h', Short.class, String::valueOf, Short::valueOf),
            new Scalar<>('y', Byte.class, String::valueOf, Byte::valueOf),
            new Scalar<>('b', Boolean.class, String::valueOf, Scalars::readBoolean),
            new Scalar<>('c', Character.class, String::valueOf, Scalars::readCharacter),
            new Scalar<>('f', Float.class, String::valueOf, Float::valueOf),
            new Scalar<>('d', Double.class, String::valueOf, Double::valueOf),
            new Scalar<>('I', BigInteger.class, BigInteger::toString, BigInteger::new),
            new Scalar<>('D', BigDecimal.class, BigDecimal::toString, BigDecimal::new),
            new Scalar<>('u', UUID.class, UUID::toString, UUID::fromString),
            new Scalar<>('t', LocalDate.class, LocalDate::toString, LocalDate::parse),
            new Scalar<>('T', LocalTime.class, LocalTime::toString, LocalTime::parse),
            new Scalar<>('L', LocalDateTime.class, LocalDateTime::toString, LocalDateTime::parse),
            new Scalar<>('N', Instant.class, Instant::toString, Instant::parse),
            new Scalar<>('U', Duration.class, Duration::toString, Duration::parse),
            new Scalar<>('P', Period.class, Period::toString, Period::parse),
            new Scalar<>('Y', Year.class, Year::toString, it -> Year.of(Integer.parseInt(it))),
            new Scalar<>('M', YearMonth.class, YearMonth::toString, Scalars::readYearMonth),
            new Scalar<>('m', MonthDay.class, MonthDay::toString, MonthDay::parse),
            new Scalar<>('o', ZoneOffset.class, ZoneOffset::getId, ZoneOffset::of),
            new Scalar<>('O', OffsetTime.class, OffsetTime::toString, OffsetTime::parse),
            new Scalar<>('F', OffsetDateTime.class, OffsetDateTime::toString, OffsetDateTime::parse),
            new Scalar<>('Z', ZonedDateTime.class, ZonedDateTime::toString, ZonedDateTime::parse));

    private static final Map<Class<?>, Scalar<?>> BY_CLASS = new HashMap<>();
    private static final Map<Character, Scalar<?>> BY_MARK = new HashMap<>();

    static {
        for (Scalar<?> scalar : ALL) {
            BY_CLASS.put(scalar.type(), scalar);
            if (BY_MARK.put(scalar.mark(), scalar) != null || scalar.mark() == NULL || scalar.mark() == ENUM) {
                throw new IllegalStateException("two types have the letter " + scalar.mark());
            }
        }
    }

    private Scalars() {}

    /** Returns how values of that class are written, or null if it is none of the standard types. */
    static @Nullable Scalar<?> of(Class<?> type) {
        return BY_CLASS.get(type);
    }

    /** Returns the type of that letter, or null. */
    static @Nullable Scalar<?> of(char mark) {
        return BY_MARK.get(mark);
    }

    private static Boolean readBoolean(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("no boolean: " + text);
        }
        return Boolean.valueOf(text);
    }

    private static Character readCharacter(String text) {
        if (text.length() != 1) {
            throw new IllegalArgumentException("no single character: " + text);
        }
        return text.charAt(0);
    }

    private static YearMonth readYearMonth(String text) {
        int dash = text.lastIndexOf('-');
        return YearMonth.of(Integer.parseInt(text.substring(0, dash)), Integer.parseInt(text.substring(dash + 1)));
    }
}
