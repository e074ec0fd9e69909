package io.nearfar.config;

import io.nearfar.Limit;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What keeps loads of one cache rare, and answers where they fail.
 *
 * @param jitter how much of a lifetime chance may take away, in percent; 0: nothing
 * @param negativeTimeToLive how long it is remembered that a load found nothing, or null if it is not
 * @param refreshAhead in which last part of its life an entry is loaded again when it is read, in percent; 0: never
 * @param failSafe what answers when a load fails
 * @param limit how many loads there may be, or null: as many as come
 */
public record LoadSettings(
        int jitter,
        @Nullable Duration negativeTimeToLive,
        int refreshAhead,
        FailSafeSettings failSafe,
        @Nullable Limit limit) {
    /** What the defaults say. */
    public static final LoadSettings NONE = new LoadSettings(0, null, 0);

    /** Creates settings with which a load that fails has failed. */
    public LoadSettings(int jitter, @Nullable Duration negativeTimeToLive, int refreshAhead) {
        this(jitter, negativeTimeToLive, refreshAhead, FailSafeSettings.NONE, null);
    }

    /** Returns for how many milliseconds it is remembered that a load found nothing; 0 for not at all. */
    public long negativeMillis() {
        return negativeTimeToLive == null ? 0 : negativeTimeToLive.toMillis();
    }
}
