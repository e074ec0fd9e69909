package io.nearfar.entry;

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
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Values of the standard types: the awkward ones of each, and random ones. */
public final class StandardValues {
    private static final LocalDateTime OVERLAP = LocalDateTime.of(2024, 10, 27, 2, 30);
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private StandardValues() {}

    /** No two of them are equal. */
    public static List<Object> awkward() {
        List<Object> all = new ArrayList<>();
        all.addAll(List.of("", "1", "1.0", "true", "null", "~", "~i:1", "~(is):42:30d", "42:30d", "a b", "\n", "\0"));
        all.addAll(
                List.of("%", "%25", "%0a", "%u000a", "{a}", "*?[]", "ä€𝄞", "\ud800", "\udc00\ud800", "x".repeat(199)));
        all.addAll(List.of("x".repeat(200), "x".repeat(201), "x".repeat(1_000_000), "y".repeat(1_000_000), "\u0085"));
        all.addAll(List.of(1, 1L, (short) 1, (byte) 1, '1', 1f, 1d, true, -1, 0, Integer.MIN_VALUE, Long.MIN_VALUE));
        all.addAll(List.of(0.0, -0.0, Double.NaN, Double.MIN_VALUE, Double.POSITIVE_INFINITY, 0f, -0f, Float.NaN));
        all.addAll(List.of('\0', '\ud800', ':', BigInteger.ONE, BigInteger.ONE.shiftLeft(3000), BigDecimal.ONE));
        all.addAll(List.of(new BigDecimal("1.0"), new BigDecimal("1.00"), new BigDecimal("1E+3"), BigDecimal.ZERO));
        all.addAll(List.of(new BigDecimal(BigInteger.ONE, Integer.MAX_VALUE), new BigDecimal(BigInteger.TEN, -7)));
        all.addAll(List.of(new BigDecimal(BigInteger.ONE, Integer.MIN_VALUE), new UUID(0, 0), new UUID(-1, 1)));
        all.addAll(List.of(URI.create("http://a/b?c=d#e"), URI.create("a%20b"), LocalDate.MIN, LocalDate.MAX));
        all.addAll(List.of(LocalDate.EPOCH, LocalTime.MIN, LocalTime.MAX, LocalDateTime.MIN, LocalDateTime.MAX));
        all.addAll(List.of(Instant.MIN, Instant.MAX, Instant.EPOCH, Duration.ZERO, Duration.ofSeconds(Long.MIN_VALUE)));
        all.addAll(List.of(Duration.ofSeconds(Long.MAX_VALUE, 999_999_999), Period.ZERO, Period.of(-1, 2, -3)));
        all.addAll(
                List.of(Year.of(5), Year.of(-5), Year.of(999_999_999), YearMonth.of(-5, 1), YearMonth.of(12345, 12)));
        all.addAll(List.of(MonthDay.of(2, 29), ZoneOffset.UTC, ZoneOffset.MAX, ZoneOffset.ofTotalSeconds(-1), PARIS));
        all.addAll(List.of(ZoneId.of("UTC"), ZoneId.of("GMT+2"), OffsetTime.MIN, OffsetDateTime.MAX));
        all.addAll(List.of(ZonedDateTime.ofLocal(OVERLAP, PARIS, ZoneOffset.ofHours(1))));
        all.addAll(List.of(ZonedDateTime.ofLocal(OVERLAP, PARIS, ZoneOffset.ofHours(2))));
        all.addAll(List.of(ZonedDateTime.of(OVERLAP, ZoneOffset.UTC), ZonedDateTime.of(OVERLAP, ZoneId.of("UTC"))));
        all.add(DayOfWeek.MONDAY);
        return all;
    }

    public static Object random(Random random) {
        return switch (random.nextInt(14)) {
            case 0 -> random.nextInt();
            case 1 -> random.nextLong();
            case 2 -> Double.longBitsToDouble(random.nextLong());
            case 3 -> Float.intBitsToFloat(random.nextInt());
            case 4 -> new BigInteger(random.nextInt(900), random);
            case 5 -> new BigDecimal(new BigInteger(random.nextInt(200), random), random.nextInt(100) - 50);
            case 6 -> new UUID(random.nextLong(), random.nextLong());
            case 7 ->
                Instant.ofEpochSecond(
                        random.nextLong(-31557014167219200L, 31556889864403199L), random.nextInt(1_000_000_000));
            case 8 -> Duration.ofSeconds(random.nextLong(), random.nextInt(1_000_000_000));
            case 9 -> LocalDate.ofEpochDay(random.nextLong(-365243219162L, 365241780471L));
            case 10 -> Period.of(random.nextInt(), random.nextInt(), random.nextInt());
            case 11 -> ZonedDateTime.ofInstant(Instant.ofEpochSecond(random.nextInt()), PARIS);
            case 12 -> (char) random.nextInt(0x10000);
            default -> text(random);
        };
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        String alphabet = "ab~%:#()[]{}*?n\n\0 1\ud834\udd1e\u00e4";
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append(
                    random.nextInt(5) == 0
                            ? (char) random.nextInt(0x10000)
                            : alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
