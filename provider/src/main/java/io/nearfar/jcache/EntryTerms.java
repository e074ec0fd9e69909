package io.nearfar.jcache;

import io.nearfar.EntryOptions;
import io.nearfar.entry.Attributes;
import io.nearfar.jcache.expiry.Expiries;
import io.nearfar.jcache.expiry.Expiry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * On what terms a write stores its entry.
 *
 * @param expiry how long the entry lives
 * @param attributes what it carries
 */
record EntryTerms(Expiry expiry, Attributes attributes) {
    private static final long LONGEST_MILLIS = Long.MAX_VALUE / 1_000_000;

    /** Returns the terms of a write that says nothing of its entry. */
    static EntryTerms of(Expiry expiry) {
        return new EntryTerms(expiry, Attributes.NONE);
    }

    /** Returns the terms of a write with options, of a key for which {@code expiry} holds without them. */
    static EntryTerms of(Expiry expiry, EntryOptions options) {
        Duration life = options.timeToLive();
        Expiry rule = life == null ? expiry : Expiries.afterWrite(millis(life));
        return new EntryTerms(rule, Attributes.of(options.tags(), set(options.nearTimeToLive()), set(options.grace())));
    }

    /** Returns the same terms of an entry that carries these tags, too. */
    EntryTerms with(List<String> further) {
        if (further.isEmpty()) {
            return this;
        }
        List<String> tags = new ArrayList<>(attributes.tags());
        tags.addAll(further);
        return new EntryTerms(expiry, Attributes.of(tags, attributes.nearMillis(), attributes.graceMillis()));
    }

    /** Returns the terms on which it is remembered that there is nothing: a life of an entry is not asked of them. */
    static EntryTerms ofNothing(EntryOptions options) {
        return of(Expiries.afterWrite(0), options);
    }

    private static long set(@Nullable Duration option) {
        return option == null ? Attributes.AS_CONFIGURED : millis(option);
    }

    private static long millis(Duration duration) {
        return duration.compareTo(Duration.ofMillis(LONGEST_MILLIS)) > 0 ? LONGEST_MILLIS : duration.toMillis();
    }
}
