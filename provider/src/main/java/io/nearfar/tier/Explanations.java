package io.nearfar.tier;

import io.nearfar.EntryExplanation;
import io.nearfar.EntryExplanation.FarCopy;
import io.nearfar.EntryExplanation.FarState;
import io.nearfar.EntryExplanation.NearCopy;
import io.nearfar.EntryExplanation.NearState;
import io.nearfar.EntryExplanation.Written;
import io.nearfar.FarTierUnavailableException;
import io.nearfar.Tier;
import io.nearfar.config.Namespaces;
import io.nearfar.entry.Entry;
import io.nearfar.far.EntryView;
import io.nearfar.far.FarEntries;
import io.nearfar.near.NearLook;
import io.nearfar.near.NearTier;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tells what is known of the entries of a cache, near and far. */
final class Explanations<K, V> implements Function<K, EntryExplanation> {
    private static final NearCopy NOTHING_NEAR =
            new NearCopy(NearState.ABSENT, "nothing is kept near", null, null, null);

    private final @Nullable NearTier<K, V> near;
    private final FarEntries<K, V> far;
    private final Function<K, @Nullable String> untold;
    private final String codec;

    /**
     * Creates those of one cache.
     *
     * @param near its near tier, or null
     * @param untold says what this node was told of a key in an outage, and the far tier is still to be told; null if nothing
     * @param codec the name of its codec
     */
    Explanations(
            @Nullable NearTier<K, V> near, FarEntries<K, V> far, Function<K, @Nullable String> untold, String codec) {
        this.near = near;
        this.far = far;
        this.untold = untold;
        this.codec = codec;
    }

    @Override
    public EntryExplanation apply(K key) {
        NearCopy nearCopy = near == null ? null : near(near.look(key));
        FarCopy farCopy = far(key);
        String untoldOfIt = untold(key);
        if (nearCopy != null && nearCopy.state() == NearState.SERVED) {
            String why = "answered near" + unlike(nearCopy, farCopy) + untoldOfIt;
            return new EntryExplanation(Tier.NEAR, why, nearCopy, farCopy);
        }
        String further = (nearCopy == null ? "" : "; " + nearCopy.why()) + untoldOfIt;
        return switch (farCopy.state()) {
            case LIVE -> new EntryExplanation(Tier.FAR, "answered far" + further, nearCopy, farCopy);
            case UNREACHABLE ->
                new EntryExplanation(
                        null, "the policy for outages answers: " + farCopy.why() + further, nearCopy, farCopy);
            default -> new EntryExplanation(null, "a miss: " + farCopy.why() + untoldOfIt, nearCopy, farCopy);
        };
    }

    /** It is the first thing that any read has the far tier told, when that answers again. */
    private String untold(K key) {
        String told = untold.apply(key);
        return told == null
                ? ""
                : "; in an outage this node was told " + told + ", which answers here and is still to be made up for";
    }

    private static String unlike(NearCopy nearCopy, FarCopy farCopy) {
        Written here = nearCopy.written();
        Written there = farCopy.written();
        if (farCopy.state() == FarState.UNREACHABLE) {
            return "; " + farCopy.why();
        }
        boolean same = here != null && there != null && here.stamp() == there.stamp();
        return same && farCopy.state() == FarState.LIVE
                ? ""
                : ", for the near lease at most: the far tier has something else, and what tells of it is under way or lost";
    }

    private static <V> NearCopy near(@Nullable NearLook<V> look) {
        if (look == null) {
            return NOTHING_NEAR;
        }
        return new NearCopy(
                state(look.state()),
                sentence(look),
                written(look.entry(), look.now()),
                micros(look.leaves() - look.now()),
                Duration.ofNanos(look.sinceVerified()));
    }

    private static NearState state(NearLook.State state) {
        return switch (state) {
            case SERVED -> NearState.SERVED;
            case LEASE_OVER -> NearState.LEASE_OVER;
            case STAY_OVER -> NearState.STAY_OVER;
            case EXPIRED -> NearState.EXPIRED;
            case INVALIDATED -> NearState.INVALIDATED;
            case CLEARED -> NearState.CLEARED;
            case OVERTAKEN -> NearState.OVERTAKEN;
            case OTHER_EPOCH -> NearState.MESSAGES_LOST;
        };
    }

    private static String sentence(NearLook<?> look) {
        return switch (look.state()) {
            case SERVED -> "what is kept near is served";
            case LEASE_OVER ->
                "what is kept near is not served, for the messages of other nodes were last known to have come "
                        + (look.sinceVerified() > Duration.ofDays(1).toNanos()
                                ? "more than a day"
                                : look.sinceVerified() / 1_000_000 + " ms")
                        + " ago, longer than the near lease";
            case STAY_OVER -> "what is kept near has stayed there for as long as it may";
            case EXPIRED -> "the time of what is kept near is over";
            case INVALIDATED -> tag(look.tag()) + " was invalidated after what is kept near was written";
            case CLEARED -> "the cache was cleared after what is kept near was written";
            case OVERTAKEN -> "a pattern that the key matches has ended what is kept near, or another write has";
            case OTHER_EPOCH -> "messages were lost, or a connection was made anew, after what is kept near was read";
        };
    }

    private static String tag(String tag) {
        String namespace = Namespaces.ofTag(tag);
        return namespace == null ? "the tag " + tag : "the namespace " + namespace;
    }

    private FarCopy far(K key) {
        try {
            return told(far.look(key));
        } catch (FarTierUnavailableException e) {
            return new FarCopy(
                    FarState.UNREACHABLE,
                    Objects.requireNonNullElse(e.getMessage(), "the far tier does not answer"),
                    null,
                    null,
                    0,
                    "",
                    null);
        }
    }

    private FarCopy told(EntryView view) {
        EntryView.Written found = view.written();
        String unreadable = view.isLive() && found != null && found.value() == null ? unreadable(found) : null;
        return new FarCopy(
                unreadable == null ? state(view.state()) : FarState.UNREADABLE,
                unreadable == null ? view.sentence() : unreadable,
                view.name(),
                found == null ? null : written(found, view.now()),
                view.bytes(),
                found == null ? "" : found.codec(),
                found == null ? null : found.type());
    }

    private String unreadable(EntryView.Written found) {
        if (found.unread() == EntryView.Unread.WITHOUT_LIBRARY) {
            return "its value is compressed by " + found.compression() + ", whose library is not here";
        } else if (found.unread() == EntryView.Unread.ABOVE_LIMIT) {
            return "its value is longer than nearfar.value-limit allows";
        }
        String type = found.type() == null ? "" : " of the class " + found.type();
        return "its value" + type + ", written by the codec " + found.codec()
                + ", cannot be decoded here, with the codec " + codec
                + ": see NF0201 or NF0202 in the log, and nearfar.codec.allow";
    }

    private static FarState state(EntryView.State state) {
        return switch (state) {
            case LIVE -> FarState.LIVE;
            case ABSENT -> FarState.ABSENT;
            case FOREIGN -> FarState.FOREIGN;
            case GARBAGE -> FarState.GARBAGE;
            case LOADING -> FarState.LOADING;
            case NOTHING -> FarState.NOTHING;
            case OUT_OF_REACH -> FarState.OUT_OF_REACH;
            case EXPIRED -> FarState.EXPIRED;
            case CLEARED -> FarState.CLEARED;
            case WITHOUT_META -> FarState.WITHOUT_META;
            case INVALIDATED -> FarState.INVALIDATED;
            case TAGS_FORGOTTEN -> FarState.TAGS_FORGOTTEN;
        };
    }

    private static Written written(EntryView.Written found, long now) {
        Long expires = found.expires();
        return written(found.stamp(), now - found.created(), expires == null ? null : expires - now, found.tags());
    }

    /** Returns what the write of an entry said, at that server time in microseconds. */
    static Written written(Entry<?> entry, long now) {
        return written(
                entry.stamp(),
                now - entry.created(),
                entry.expires() == Entry.NEVER ? null : entry.expires() - now,
                entry.attributes().tags());
    }

    private static Written written(long stamp, long age, @Nullable Long lives, List<String> tags) {
        List<String> own =
                tags.stream().filter(tag -> Namespaces.ofTag(tag) == null).toList();
        return new Written(stamp, micros(Math.max(0, age)), lives == null ? null : micros(lives), own);
    }

    private static Duration micros(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }
}
