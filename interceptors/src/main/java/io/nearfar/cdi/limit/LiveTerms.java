package io.nearfar.cdi.limit;

import io.nearfar.Limit;
import io.nearfar.LimitMode;
import io.nearfar.cdi.method.DurationText;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What holds for an annotation at the moment: its members, and in their place what settings say. The settings are looked up
 * once a second, by one of the callers. Safe for use by several threads.
 */
final class LiveTerms {
    private static final long PERIOD = TimeUnit.SECONDS.toNanos(1);

    private final LimitPlace place;
    private final Terms declared;
    private final LiveSettings settings;
    private final Misreadings misreadings;
    private final LongSupplier ticker;
    private final AtomicLong readAt;
    private volatile Terms current;

    /** Creates those of {@code limit}; {@code ticker} returns nanoseconds. */
    LiveTerms(MethodLimit limit, LiveSettings settings, Misreadings misreadings, LongSupplier ticker) {
        this.place = limit.place();
        this.declared = new Terms(true, limit.annotation().shadow(), limit.limit());
        this.settings = settings;
        this.misreadings = misreadings;
        this.ticker = ticker;
        this.readAt = new AtomicLong(ticker.getAsLong());
        this.current = read();
    }

    /** Returns what holds; settings that were changed a second ago are in it. */
    Terms current() {
        long now = ticker.getAsLong();
        long last = readAt.get();
        if (now - last >= PERIOD && readAt.compareAndSet(last, now)) {
            current = read();
        }
        return current;
    }

    private Terms read() {
        Limit limit = declared.limit();
        long permits = value("limit", this::permits, limit.permits());
        Duration window = value("window", this::window, limit.window());
        return new Terms(
                value("enabled", LiveTerms::flag, true),
                value("shadow", LiveTerms::flag, declared.shadow()),
                new Limit(limit.name(), permits, window, limit.outage(), value("mode", LiveTerms::mode, limit.mode())));
    }

    private <T> T value(String member, Function<String, T> reader, T declaredValue) {
        for (String key : place.keys(declared.limit().name(), member)) {
            T found = found(key, reader, declaredValue);
            if (found != null) {
                return found;
            }
        }
        return declaredValue;
    }

    /** Returns the value of that key, the declared one if it cannot be read, or null if it is not set. */
    private <T> @Nullable T found(String key, Function<String, T> reader, T declaredValue) {
        String text = "";
        try {
            text = settings.find(key);
            if (text == null || text.isBlank()) {
                misreadings.forget(key);
                return null;
            }
            T value = reader.apply(text.strip());
            misreadings.forget(key);
            return value;
        } catch (RuntimeException e) { // of whatever source: what the annotation says holds
            misreadings.tell(key, String.valueOf(text), String.valueOf(e.getMessage()));
            return declaredValue;
        }
    }

    private long permits(String text) {
        long permits;
        try {
            permits = Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("That is no whole number; write one from 1", e);
        }
        return new Limit(declared.limit().name(), permits, declared.limit().window()).permits();
    }

    private Duration window(String text) {
        return new Limit(declared.limit().name(), 1, DurationText.parse(text)).window();
    }

    private static LimitMode mode(String text) {
        for (LimitMode mode : LimitMode.values()) {
            if (mode.name().equalsIgnoreCase(text)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("Only strict and leased are allowed");
    }

    private static boolean flag(String text) {
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return Boolean.parseBoolean(text);
        }
        throw new IllegalArgumentException("Only true and false are allowed");
    }
}
