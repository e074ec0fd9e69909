package io.nearfar.key;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The names of all keys and channels under one prefix. They are part of the stored format: two nodes with the same
 * prefix agree on every name and on the partition of every key. Immutable in effect; safe for use by several threads.
 *
 * <p>A prefix has {@value #PARTITIONS} partitions. The hash tag of partition i, {@code {prefix~n}}, carries the smallest
 * number n whose tag falls into slots i·256 to i·256+255 of a cluster, so that the partitions share out its 16384 slots
 * evenly. Behind the tag stand {@code :chain} (the partition's last write), {@code :inv} (its channel),
 * {@code :heard} and {@code :audience} (the channels of listeners),
 * {@code :m:cache} (a cache's meta), {@code :g:cache} (its tag table), {@code :e:cache:text} (an entry),
 * {@code :x:cache:text} (expires when the time of an entry is over), {@code :o:cache:text} (an entry of whose end was told a moment
 * ago), {@code :l:cache:text} (the lock on a key), {@code :u:cache:nonce} (a large value on its way), {@code :s:cache} (the
 * right to sweep), {@code :t:cache} (on what terms a node has opened a cache) and {@code :q:limit:key} (the window of a
 * quota). Prefix, cache and limit are escaped; the text of a key stands as it is, so that a person can read it. A cache is always
 * given by its {@link StoredName}, which carries its version.
 */
public final class Keyspace {
    /** The number of partitions of a prefix. */
    public static final int PARTITIONS = 64;

    private static final int SLOTS_PER_PARTITION = Slots.COUNT / PARTITIONS;

    private static final String ENTRY = ":e:";
    private static final String END = ":x:";
    private static final String META = ":m:";
    private static final String CHAIN = ":chain";

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final String safePrefix;
    private final String[] tags;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final String[] chains = new String[PARTITIONS];
    private final String[] channels = new String[PARTITIONS];
    private final String heard;
    private final String audience;
    private final String events;
    /** Stays for as long as the prefix is used: some bytes for each cache and version that was ever opened. */
    private final ConcurrentMap<String, String> safeNames = new ConcurrentHashMap<>();

    /** Creates the names under {@code prefix}, which may be any text, in database 0. */
    public Keyspace(String prefix) {
        this(prefix, 0);
    }

    /**
     * Creates the names under {@code prefix} in a database. Keys of different databases never meet; channels know no
     * databases, so those of another than 0 carry its number: {@code :inv@3}.
     */
    public Keyspace(String prefix, int database) {
        this.safePrefix = SafeName.of(prefix);
        this.tags = findTags(safePrefix);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            numbers.put(tags[partition], partition);
        }
        String inDatabase = database == 0 ? "" : "@" + database;
        for (int partition = 0; partition < PARTITIONS; partition++) {
            chains[partition] = tags[partition] + CHAIN;
            channels[partition] = tags[partition] + ":inv" + inDatabase;
        }
        this.heard = ":heard" + inDatabase;
        this.audience = ":audience" + inDatabase;
        this.events = "__keyspace@" + database + "__:";
    }

    private static String[] findTags(String safePrefix) {
        String[] tags = new String[PARTITIONS];
        int found = 0;
        for (int number = 0; found < PARTITIONS; number++) {
            String inside = safePrefix + "~" + number;
            int partition = Slots.of(inside) / SLOTS_PER_PARTITION;
            if (tags[partition] == null) {
                tags[partition] = "{" + inside + "}";
                found++;
            }
        }
        return tags;
    }

    /**
     * Returns the partition of a key, from 0 to 63: the top six bits of the 64-bit FNV-1a hash over the UTF-16 units of
     * cache, a zero and text, multiplied by 0x9E3779B97F4A7C15.
     */
    public int partition(String cache, String text) {
        long hash = hash(hash(FNV_OFFSET, cache) * FNV_PRIME, text);
        return (int) (hash * MIX >>> 58);
    }

    private static long hash(long start, String text) {
        long hash = start;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }

    /** Returns what all keys of a partition begin with, braces included. */
    public String hashTag(int partition) {
        return tags[partition];
    }

    /** Returns the name of an entry. */
    public String entryKey(String cache, String text) {
        return entryKey(partition(cache, text), cache, text);
    }

    /** Returns the name of an entry whose partition is known. */
    public String entryKey(int partition, String cache, String text) {
        return tags[partition] + inEntryKeys(cache) + text;
    }

    /** Returns what stands between hash tag and text in the name of each entry of a cache. */
    public String inEntryKeys(String cache) {
        return ENTRY + safe(cache) + ":";
    }

    /** Returns the name of the lock on a key whose partition is known. */
    public String lockKey(int partition, String cache, String text) {
        return tags[partition] + ":l:" + safe(cache) + ":" + text;
    }

    /** Returns the name of the right to load an entry again, of a key whose partition is known. */
    public String refreshKey(int partition, String cache, String text) {
        return tags[partition] + ":r:" + safe(cache) + ":" + text;
    }

    /** Returns the name under which a large value gathers until the write with that nonce takes it. */
    public String uploadKey(int partition, String cache, long nonce) {
        return tags[partition] + ":u:" + safe(cache) + ":" + Long.toHexString(nonce);
    }

    /** Returns the name of a cache's meta in a partition. */
    public String metaKey(String cache, int partition) {
        return tags[partition] + META + safe(cache);
    }

    /** Returns the name of a cache's tag table in a partition. */
    public String tagsKey(String cache, int partition) {
        return tags[partition] + ":g:" + safe(cache);
    }

    /** Returns the name of the right to sweep a cache; one for all partitions. */
    public String sweepKey(String cache) {
        return tags[0] + ":s:" + safe(cache);
    }

    /** Returns the name of what a node has put up of the terms on which it opened a cache; one for all partitions. */
    public String termsKey(String cache) {
        return tags[0] + ":t:" + safe(cache);
    }

    /** Returns the partition of the quotas of a key, the same for all limits: one script can decide about several. */
    public int limitPartition(String key) {
        return partition("", key);
    }

    /** Returns the name of the window of a quota. */
    public String limitKey(String limit, String key) {
        return tags[limitPartition(key)] + ":q:" + safe(StoredName.of(limit, 0)) + ":" + LimitText.of(key);
    }

    /** Returns the name of a partition's chain. */
    public String chainKey(int partition) {
        return chains[partition];
    }

    /** Returns the name of a key that is never there. */
    public String absentKey() {
        return tags[0] + ":none";
    }

    /** Returns the name of a partition's channel. */
    public String channel(int partition) {
        return channels[partition];
    }

    /** Returns the name of the channel by which listeners of other nodes hear of changes in a partition. */
    public String heardChannel(int partition) {
        return tags[partition] + heard;
    }

    /** Returns what of that name follows the hash tag of the partition. */
    public String heardSuffix() {
        return heard;
    }

    /** Returns the name of the channel by which nodes say that somebody listens there; one for all partitions. */
    public String audienceChannel() {
        return tags[0] + audience;
    }

    /** Returns the pattern that matches every entry of a cache, and possibly others: check with {@link #entryText}. */
    public String entryPattern(String cache) {
        return "{" + safePrefix + "~*}" + ENTRY + safe(cache) + ":*";
    }

    /** Likewise of the entries in whose keys' texts {@code literal} stands, which is nothing to a pattern but itself. */
    public String entryPattern(String cache, String literal) {
        return literal.isEmpty() ? entryPattern(cache) : entryPattern(cache) + literal + "*";
    }

    /** Returns the text of the key whose entry has that name, or null if the name is none of that cache's entries. */
    public @Nullable String entryText(String cache, String name) {
        int end = name.indexOf('}');
        String middle = inEntryKeys(cache);
        if (end < 0 || !name.startsWith(middle, end + 1)) {
            return null;
        }
        String text = name.substring(end + 1 + middle.length());
        return name.startsWith(tags[partition(cache, text)]) && tags[partition(cache, text)].length() == end + 1
                ? text
                : null;
    }

    /** Returns the pattern of the channels by which a server tells of events at entries of any cache, and of their ends. */
    public String eventPattern() {
        return events + "{" + safePrefix + "~*}:[ex]:*";
    }

    /** Returns the name of the entry beside which a key of that name expires when its time is over, or null. */
    public @Nullable String endedEntry(String name) {
        int tag = name.indexOf('}') + 1;
        return name.startsWith(END, tag) ? name.substring(0, tag) + ENTRY + name.substring(tag + END.length()) : null;
    }

    /** Returns the name of the entry that such a channel speaks of. */
    public String eventSubject(String channel) {
        return channel.substring(events.length());
    }

    /** Returns the partition whose hash tag a name begins with, or -1 if it is none of this prefix. */
    public int partitionIn(String name) {
        return numbers.getOrDefault(name.substring(0, name.indexOf('}') + 1), -1);
    }

    /** Returns a cache's name as the names of its entries carry it; see {@link #cacheIn}. */
    public String inNames(String cache) {
        return safe(cache);
    }

    /** Returns the cache's name that the name of an entry carries, or nothing if it is none of an entry. */
    public String cacheIn(String name) {
        int tag = name.indexOf('}') + 1;
        int end = name.indexOf(':', tag + ENTRY.length());
        return end > 0 && name.startsWith(ENTRY, tag) ? name.substring(tag + ENTRY.length(), end) : "";
    }

    /** Returns the pattern that matches every entry of every cache, and possibly others: check with {@link #cacheOf}. */
    public String entryPattern() {
        return "{" + safePrefix + "~*}" + ENTRY + "*";
    }

    /** Returns the pattern that matches the entries and the metas of all caches, and possibly others. */
    public String cachePattern() {
        return "{" + safePrefix + "~*}:[em]:*";
    }

    /** Returns the pattern that matches every entry of all versions of a cache, and others: check with {@link #cacheOf}. */
    public String versionsPattern(String cache) {
        return "{" + safePrefix + "~*}" + ENTRY + SafeName.of(cache) + "*";
    }

    /** Returns the stored name of the cache whose entry or meta has that name, or null if it is neither of this prefix. */
    public @Nullable String cacheOf(String name) {
        int tag = name.indexOf('}') + 1;
        if (partitionIn(name) < 0) {
            return null;
        }
        if (name.startsWith(META, tag)) {
            return StoredName.original(name.substring(tag + META.length()));
        }
        int begin = tag + ENTRY.length();
        int end = name.indexOf(':', begin);
        return end > 0 && name.startsWith(ENTRY, tag) ? StoredName.original(name.substring(begin, end)) : null;
    }

    /** Returns the pattern that matches the chains of all prefixes, and possibly others: check with {@link #prefixOf}. */
    public static String chainPattern() {
        return "{*~*}" + CHAIN;
    }

    /** Returns the prefix whose chain has that name, or null if the name is none of a chain. */
    public static @Nullable String prefixOf(String name) {
        int end = name.lastIndexOf('~');
        return end > 0 && name.startsWith("{") && name.endsWith("}" + CHAIN)
                ? SafeName.original(name.substring(1, end))
                : null;
    }

    private String safe(String cache) {
        return safeNames.computeIfAbsent(cache, StoredName::safe);
    }
}
