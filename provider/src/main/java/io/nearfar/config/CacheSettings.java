package io.nearfar.config;

import io.nearfar.InvalidationPace;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Effective settings of one cache.
 *
 * @param name the cache's name
 * @param mode which tiers it has
 * @param timeToLive lifetime of an entry that a template or a setting names, or null if the cache's expiry policy alone
 *     decides
 * @param nearMaximumEntries most entries in the near tier
 * @param nearMaximumWeight most bytes in the near tier by estimate, or null if entries are counted
 * @param nearTimeToLive longest stay in a near tier that has a far tier beneath
 * @param maxStale oldest answer that the near tier may give in an outage
 * @param outage what operations answer in an outage
 * @param atomicOutage what conditional operations answer in an outage
 * @param deadline how long a far operation of this cache may take
 * @param valueLimit largest value in bytes
 * @param codec name of the codec for objects that have no compact form
 * @param trust which classes may be decoded
 * @param allow further classes and packages ({@code com.acme.*}) that may be decoded
 * @param loadLease how long a load may go without sign of life before somebody else loads
 * @param dirty what is kept of changes made in an outage
 * @param compression how values are made smaller in the far tier
 * @param version which version of the cache's entries is used; 0: that without a number in its keys
 * @param timeToLiveRules lifetimes by key, before {@code timeToLive} and the expiry policy
 * @param loading what keeps loads rare
 * @param keyRule what the texts of keys must be like
 * @param namespaces beginnings of keys that are invalidated at once
 * @param listeners of whose changes listeners hear
 * @param patternPace how fast keys are looked through for patterns, unless a caller says so
 */
public record CacheSettings(
        String name,
        Mode mode,
        @Nullable Duration timeToLive,
        long nearMaximumEntries,
        @Nullable Long nearMaximumWeight,
        Duration nearTimeToLive,
        Duration maxStale,
        OutagePolicy outage,
        AtomicOutage atomicOutage,
        Duration deadline,
        long valueLimit,
        String codec,
        TrustPolicy trust,
        List<String> allow,
        Duration loadLease,
        DirtySettings dirty,
        CompressionSettings compression,
        int version,
        TimeToLiveRules timeToLiveRules,
        LoadSettings loading,
        KeyRule keyRule,
        Namespaces namespaces,
        ListenerScope listeners,
        InvalidationPace patternPace) {

    /** Returns the settings of the same cache in another version. */
    public CacheSettings in(int otherVersion) {
        return with(otherVersion, codec, trust, allow, compression);
    }

    /** Returns them for who looks in from outside: nothing is decoded but standard types, and no library is needed. */
    public CacheSettings ofVisitor() {
        return with(version, CacheTable.DEFAULT_CODEC, TrustPolicy.DECLARED, List.of(), CompressionSettings.NONE);
    }

    /** Returns them with other words about how long entries live. */
    CacheSettings living(@Nullable Duration otherTimeToLive, TimeToLiveRules otherRules) {
        return new CacheSettings(
                name,
                mode,
                otherTimeToLive,
                nearMaximumEntries,
                nearMaximumWeight,
                nearTimeToLive,
                maxStale,
                outage,
                atomicOutage,
                deadline,
                valueLimit,
                codec,
                trust,
                allow,
                loadLease,
                dirty,
                compression,
                version,
                otherRules,
                loading,
                keyRule,
                namespaces,
                listeners,
                patternPace);
    }

    private CacheSettings with(
            int otherVersion,
            String otherCodec,
            TrustPolicy otherTrust,
            List<String> otherAllow,
            CompressionSettings otherCompression) {
        return new CacheSettings(
                name,
                mode,
                timeToLive,
                nearMaximumEntries,
                nearMaximumWeight,
                nearTimeToLive,
                maxStale,
                outage,
                atomicOutage,
                deadline,
                valueLimit,
                otherCodec,
                otherTrust,
                otherAllow,
                loadLease,
                dirty,
                otherCompression,
                otherVersion,
                timeToLiveRules,
                loading,
                keyRule,
                namespaces,
                listeners,
                patternPace);
    }
}
