package io.nearfar.sample.weather;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.nearfar.sample.place.CitySummary;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StationTest {
    private static final Instant NOON = Instant.parse("2025-11-21T12:00:00Z");
    private static final CitySummary LIMA =
            new CitySummary(3936456, "Lima", "Lima", "Peru", "PE", 10_000_000, -12.04, -77.03);

    private final Station station = new Station();

    @BeforeEach
    @SuppressWarnings("UnnecessaryAssignment") // No container is here to do it.
    void open() {
        station.node = "node-1";
        at(NOON);
    }

    @SuppressWarnings("UnnecessaryAssignment") // No container is here to do it.
    private void at(Instant time) {
        station.clock = Clock.fixed(time, ZoneOffset.UTC);
    }

    @Test
    void ask_withinAnEdition_saysThatNothingHasChanged() throws OutOfReachException {
        Forecast told = station.ask(LIMA, Span.DAY, Unit.C, null).orElseThrow();
        assertThat(told)
                .extracting(Forecast::span, Forecast::node, Forecast::told)
                .containsExactly("24h", "node-1", NOON.toEpochMilli());
        at(NOON.plus(Duration.ofMinutes(59)));
        assertThat(station.ask(LIMA, Span.DAY, Unit.C, told)).isEmpty();
        at(NOON.plus(Duration.ofMinutes(60)));
        assertThat(station.ask(LIMA, Span.DAY, Unit.C, told)).isPresent();
        assertThat(station.state()).isEqualTo(new StationState(true, 3, 1, 0));
    }

    @Test
    void ask_inBothUnits_tellsOfTheSameWeather() throws OutOfReachException {
        Forecast celsius = station.ask(LIMA, Span.NOW, Unit.C, null).orElseThrow();
        Forecast fahrenheit = station.ask(LIMA, Span.NOW, Unit.F, null).orElseThrow();
        assertThat(celsius.degrees()).isBetween(20L, 30L);
        assertThat(fahrenheit.degrees()).isCloseTo(32 + celsius.degrees() * 9 / 5, Offset.offset(2L));
        assertThat(fahrenheit.sky()).isEqualTo(celsius.sky());
    }

    @Test
    void ask_outOfReach_throwsAndIsCounted() {
        station.setReachable(false);
        assertThatExceptionOfType(OutOfReachException.class)
                .isThrownBy(() -> station.ask(LIMA, Span.NOW, Unit.C, null))
                .withMessage("the weather service is out of reach for node-1");
        assertThat(station.state()).isEqualTo(new StationState(false, 1, 0, 1));
    }

    /** Options of an entry count before the rules of its cache. */
    @Test
    void options_ofAStorm_haveALifeOfTheirOwn() {
        assertThat(Forecasts.options(LIMA, forecast("storm")).timeToLive()).isEqualTo(Duration.ofSeconds(5));
        assertThat(Forecasts.options(LIMA, forecast("fair")).timeToLive()).isNull();
        assertThat(Forecasts.options(LIMA, forecast("fair")).tags()).isEqualTo(Set.of("country:PE"));
    }

    private static Forecast forecast(String sky) {
        return new Forecast("now", sky, 20, Unit.C, 1, "node-1", 0);
    }

    @Test
    void span_isKnownByItsLabel_andBeginsKeys() {
        assertThat(Span.of("24h")).contains(Span.DAY);
        assertThat(Span.of("tomorrow")).isEmpty();
        assertThat(Span.WEEK.key(7)).isEqualTo("7d:7");
    }
}
