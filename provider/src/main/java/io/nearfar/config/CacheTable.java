package io.nearfar.config;

import static io.nearfar.config.Importance.ESSENTIAL;
import static io.nearfar.config.Importance.FREQUENT;
import static io.nearfar.config.Importance.RARE;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The settings of a cache. */
final class CacheTable {
    /** The template of caches that the application did not configure in code. */
    static final String DEFAULT_TEMPLATE = "default";

    /** The lifetime in the default template, unless it sets another. */
    static final Duration DEFAULT_TEMPLATE_TTL = Duration.ofMinutes(5);

    static final String DEFAULT_CODEC = "java";

    private static final Set<Place> ANYWHERE = EnumSet.of(Place.MANAGER, Place.TEMPLATE, Place.CACHE);

    static final Setting<Mode> MODE = new Setting<>(
            "mode",
            Kinds.choice(Mode.class),
            null,
            "`tiered` with an address, else `near`",
            ESSENTIAL,
            ANYWHERE,
            "Which tiers there are. `nearfar.mode = near` uses no server whatever address is found, for any cache.");

    static final Setting<Optional<Duration>> TTL = new Setting<>(
            "ttl",
            Kinds.LIFETIME,
            null,
            "`5m` in the template `default`, else `none`",
            ESSENTIAL,
            EnumSet.of(Place.TEMPLATE, Place.CACHE),
            "How long an entry lives after a write. `none`: as the expiry policy given in code says, without one"
                    + " until it is removed. `short` is 5 minutes, `medium` 15, `long` an hour, `daily` a day.");

    static final Setting<TimeToLiveRules> TTL_RULES = new Setting<>(
            "ttl.rules",
            Kinds.RULES,
            null,
            null,
            FREQUENT,
            EnumSet.of(Place.TEMPLATE, Place.CACHE),
            "How long entries live by their keys: patterns in which `*` stands for any characters, each with a duration. The"
                    + " first that matches counts, before `ttl` at the same place and before any expiry policy.");

    static final Setting<Integer> TTL_JITTER = new Setting<>(
            "ttl.jitter",
            Kinds.percent(90),
            "0%",
            null,
            FREQUENT,
            ANYWHERE,
            "How much of an entry's life chance may take away, so that entries which are written together are not all loaded"
                    + " again at the same time. Holds for `ttl`, `ttl.rules` and expiry policies.");

    static final Setting<Optional<Duration>> TTL_NEGATIVE = new Setting<>(
            "ttl.negative",
            Kinds.LIFETIME,
            "none",
            null,
            FREQUENT,
            ANYWHERE,
            "How long it is remembered, on all nodes, that a load has found nothing: until then the loader, or the annotated"
                    + " method, is not called for that key again. `none`: it is called each time.");

    static final Setting<String> TEMPLATE = new Setting<>(
            "template",
            Kinds.TEMPLATE_NAME,
            null,
            "`default` for caches not configured in code, else none",
            FREQUENT,
            EnumSet.of(Place.CACHE),
            "Takes every setting of `nearfar.template.<template>.` that the cache does not set itself.");

    static final Setting<Integer> REFRESH_AHEAD = new Setting<>(
            "refresh-ahead",
            Kinds.percent(99),
            "0%",
            null,
            FREQUENT,
            ANYWHERE,
            "In which last part of its life a read has an entry loaded again in the background, once over all nodes, while it is"
                    + " still answered. `0%`: never. Methods with annotations are not called so.");

    static final Setting<Duration> GRACE = new Setting<>(
            "grace",
            Kinds.DURATION_OR_ZERO,
            "0",
            null,
            FREQUENT,
            ANYWHERE,
            "How long an entry is kept after its time, for no other use than to answer, on any node, if a load of its key fails."
                    + " `0`: not at all.");

    static final Setting<Duration> STALE_WHILE_REVALIDATE = new Setting<>(
            "stale-while-revalidate",
            Kinds.DURATION_OR_ZERO,
            "0",
            null,
            FREQUENT,
            ANYWHERE,
            "For how long after its time an entry answers at once, while its key is loaded in the background. It is kept for so"
                    + " long, like one with a `grace`. `0`: never. For methods with annotations while another caller loads.");

    static final Setting<Duration> LOAD_SOFT_TIMEOUT = new Setting<>(
            "load.soft-timeout",
            Kinds.DURATION_OR_ZERO,
            "0",
            null,
            FREQUENT,
            ANYWHERE,
            "After how long an entry in its grace answers a caller that waits for a load; the load goes on. `0`: never. Not for"
                    + " methods with annotations that answer with a value.");

    static final Setting<Duration> LOAD_HARD_TIMEOUT = new Setting<>(
            "load.hard-timeout",
            Kinds.DURATION_OR_ZERO,
            "0",
            null,
            FREQUENT,
            ANYWHERE,
            "How long a caller waits for a load at most; then it throws, unless an entry in its grace answers, and the load goes"
                    + " on. `0`: as long as it takes. Not for methods with annotations that answer with a value.");

    static final Setting<Optional<Long>> LOAD_LIMIT = new Setting<>(
            "load.limit",
            Kinds.countOrNone("loads"),
            "none",
            null,
            FREQUENT,
            ANYWHERE,
            "How many loads of a cache there may be in a window, over all nodes; what is there costs nothing. Beyond, an entry in"
                    + " its grace answers, else the call throws. `none`: as many as come. Each cache has so many of its own.");

    static final Setting<Duration> LOAD_LIMIT_WINDOW = new Setting<>(
            "load.limit.window",
            Kinds.DURATION,
            "60s",
            null,
            FREQUENT,
            ANYWHERE,
            "How long the window of `load.limit` is.");

    static final Setting<Duration> FAIL_SAFE_THROTTLE = new Setting<>(
            "fail-safe.throttle",
            Kinds.DURATION_OR_ZERO,
            "1s",
            null,
            RARE,
            ANYWHERE,
            "How long no node loads a key again whose load has failed, while an entry in its grace answers; `0`: each read loads.");

    static final Setting<Integer> VERSION = new Setting<>(
            "version",
            Kinds.number(0, Integer.MAX_VALUE, "-"),
            "0",
            null,
            FREQUENT,
            EnumSet.of(Place.TEMPLATE, Place.CACHE),
            "Which version of the cache's entries is used. Entries of different versions never meet, so that two releases of"
                    + " an application with different ones run side by side. `0`: the version without a number in its keys.");

    static final Setting<Long> NEAR_MAXIMUM_ENTRIES = new Setting<>(
            "near.maximum-entries",
            Kinds.count("entries"),
            "1000",
            null,
            FREQUENT,
            ANYWHERE,
            "Most entries in the near tier of a node; beyond, the least useful are evicted. In mode `near` they are"
                    + " gone, else they stay far.");

    static final Setting<Long> NEAR_MAXIMUM_WEIGHT = new Setting<>(
            "near.maximum-weight",
            Kinds.SIZE,
            null,
            "none: entries are counted",
            FREQUENT,
            ANYWHERE,
            "Most bytes in the near tier of a node, by estimate, in place of a number of entries.");

    static final Setting<Duration> NEAR_TTL = new Setting<>(
            "near.ttl",
            Kinds.DURATION,
            "60s",
            null,
            FREQUENT,
            ANYWHERE,
            "Longest stay in the near tier of mode `tiered`. Bounds how long a change made by another program can"
                    + " stay unseen.");

    static final Setting<OutagePolicy> OUTAGE = new Setting<>(
            "outage",
            Kinds.choice(OutagePolicy.class),
            "open",
            null,
            FREQUENT,
            ANYWHERE,
            "What operations answer while the far tier does not. `open`: reads are answered near or miss, writes are"
                    + " remembered and return; `closed`: everything throws.");

    static final Setting<Duration> MAX_STALE = new Setting<>(
            "max-stale",
            Kinds.DURATION_OR_ZERO,
            "30s",
            null,
            FREQUENT,
            ANYWHERE,
            "Oldest answer that the near tier may give in an outage that fails open; `0`: none.");

    static final Setting<Duration> DEADLINE = new Setting<>(
            "deadline",
            Kinds.DURATION,
            "250ms",
            null,
            FREQUENT,
            ANYWHERE,
            "How long a far operation, or a pause in the progress of a batch or of a value above 1 MiB, may take. Then it"
                    + " counts as an outage.");

    static final Setting<AtomicOutage> OUTAGE_ATOMIC = new Setting<>(
            "outage.atomic",
            Kinds.choice(AtomicOutage.class),
            "refuse",
            null,
            RARE,
            ANYWHERE,
            "What conditional operations do in an outage that fails open. `refuse`: they throw; `local`: this node"
                    + " alone decides, and two nodes may both win.");

    static final Setting<Long> OUTAGE_DIRTY_MAXIMUM = new Setting<>(
            "outage.dirty-maximum",
            Kinds.count("entries"),
            "10000",
            null,
            RARE,
            ANYWHERE,
            "Most keys whose changes a node remembers in an outage, to make up for them afterwards. Beyond, the cache is"
                    + " cleared afterwards.");

    static final Setting<Long> OUTAGE_DIRTY_MAXIMUM_WEIGHT = new Setting<>(
            "outage.dirty-maximum-weight",
            Kinds.SIZE,
            "64MB",
            null,
            RARE,
            ANYWHERE,
            "Most bytes of the values among them, by estimate. Beyond, a key is remembered without its value: it is a miss"
                    + " and is removed afterwards.");

    static final Setting<OutageRecovery> OUTAGE_RECOVERY = new Setting<>(
            "outage.recovery",
            Kinds.choice(OutageRecovery.class),
            "keep",
            null,
            RARE,
            ANYWHERE,
            "What becomes of the cache's far entries after an outage. `keep`: what each node remembers is made up for;"
                    + " `clear`: the first node that is back clears the cache, which also covers nodes that died.");

    static final Setting<Boolean> OUTAGE_FALLBACK = new Setting<>(
            "outage.fallback",
            Kinds.FLAG,
            "true",
            null,
            RARE,
            ANYWHERE,
            "Whether entries of the cache live in the fallback store during an outage, if `nearfar.fallback.datasource`"
                    + " names one. `false`: each node remembers its changes by itself.");

    static final Setting<Compression> COMPRESSION = new Setting<>(
            "compression",
            Kinds.choice(Compression.class),
            "none",
            null,
            FREQUENT,
            ANYWHERE,
            "How values are made smaller in the far tier, where that pays. `lz4` and `zstd` need their library beside the"
                    + " provider. Any node reads what any other has written.");

    static final Setting<Long> COMPRESSION_THRESHOLD = new Setting<>(
            "compression.threshold",
            Kinds.SIZE,
            "1KiB",
            null,
            RARE,
            ANYWHERE,
            "Smallest encoded value that is compressed.");

    static final Setting<Long> VALUE_LIMIT = new Setting<>(
            "value-limit",
            Kinds.SIZE,
            "8MB",
            null,
            RARE,
            ANYWHERE,
            "Largest encoded value that is put, before compression. A larger one is refused with an error; what is longer in"
                    + " the far tier by more than 1 MiB counts as missing.");

    static final Setting<Duration> LOAD_LEASE = new Setting<>(
            "load-lease",
            Kinds.DURATION,
            "10s",
            null,
            RARE,
            ANYWHERE,
            "How long others wait for a loader that gives no sign of life before one of them loads. Must be longer"
                    + " than the deadline.");

    static final Setting<String> CODEC = new Setting<>(
            "codec",
            Kinds.CODEC_NAME,
            DEFAULT_CODEC,
            null,
            RARE,
            ANYWHERE,
            "How objects become bytes where there is no compact form: `java` serialization, `kryo`, `json` with Jackson beside"
                    + " the provider, or a codec of the application by its name. Entries of another codec are misses.");

    static final Setting<List<String>> CODEC_ALLOW = new Setting<>(
            "codec.allow",
            Kinds.CLASSES,
            null,
            null,
            FREQUENT,
            ANYWHERE,
            "Classes, packages with all below (`com.acme.*`), and presets (`@hibernate`, `@open-liberty`, `@spring`) that may"
                    + " be decoded besides the declared ones. Adds to what is allowed at the places that count less.");

    static final Setting<TrustPolicy> CODEC_TRUST = new Setting<>(
            "codec.trust",
            Kinds.choice(TrustPolicy.class),
            "learned",
            null,
            RARE,
            ANYWHERE,
            "Which classes may be decoded. `declared`: declared and allowed ones; `learned`: without declared types"
                    + " also those that this process has put; `all`: any, so that who can write to the server can run"
                    + " code here.");

    static final Setting<KeyRule> KEYS_STRICT = new Setting<>(
            "keys.strict",
            Kinds.KEYS,
            "false",
            null,
            RARE,
            ANYWHERE,
            "Whether each key must have a text of 1 to 256 characters, and which: with `true` the visible ones of ASCII, else those"
                    + " that are listed, as in `[A-Za-z0-9:._-]`. Other keys are refused with an error.");

    static final Setting<Namespaces> NAMESPACES = new Setting<>(
            "namespaces",
            Kinds.NAMESPACES,
            null,
            null,
            FREQUENT,
            ANYWHERE,
            "[Beginnings of keys](patterns.md#namespaces) that are invalidated as one, without a look at every key, such as `feed:,"
                    + " user:`. The same on all nodes.");

    static final Setting<ListenerScope> LISTENERS = new Setting<>(
            "listeners",
            Kinds.choice(ListenerScope.class),
            "all",
            null,
            RARE,
            ANYWHERE,
            "Of whose changes the cache's listeners hear. `all`: of those of any node, of other nodes a little later and in threads"
                    + " of the cache; `local`: of those of their own node.");

    static final Setting<Integer> PATTERNS_PAGE_SIZE = new Setting<>(
            "patterns.page-size",
            Kinds.number(1, 10_000, "keys"),
            "500",
            null,
            RARE,
            ANYWHERE,
            "How many keys a server looks at in one step while entries are invalidated by patterns or prefixes. Other calls wait for"
                    + " the step: some microseconds for each key that matches.");

    static final Setting<Optional<Long>> PATTERNS_KEYS_PER_SECOND = new Setting<>(
            "patterns.keys-per-second",
            Kinds.countOrNone("keys"),
            "none",
            null,
            RARE,
            ANYWHERE,
            "How many keys are looked at in a second at most, whatever cache they are of, while entries are invalidated by patterns or"
                    + " prefixes; whoever waits for that waits longer. `none`: no limit.");

    /** In the order of the reference page. */
    static final List<Setting<?>> ALL = List.of(
            MODE,
            TTL,
            TTL_RULES,
            TTL_JITTER,
            TTL_NEGATIVE,
            REFRESH_AHEAD,
            GRACE,
            STALE_WHILE_REVALIDATE,
            LOAD_SOFT_TIMEOUT,
            LOAD_HARD_TIMEOUT,
            LOAD_LIMIT,
            LOAD_LIMIT_WINDOW,
            TEMPLATE,
            VERSION,
            NEAR_MAXIMUM_ENTRIES,
            NEAR_MAXIMUM_WEIGHT,
            NEAR_TTL,
            OUTAGE,
            MAX_STALE,
            DEADLINE,
            CODEC_ALLOW,
            NAMESPACES,
            COMPRESSION,
            OUTAGE_ATOMIC,
            OUTAGE_DIRTY_MAXIMUM,
            OUTAGE_DIRTY_MAXIMUM_WEIGHT,
            OUTAGE_RECOVERY,
            OUTAGE_FALLBACK,
            VALUE_LIMIT,
            COMPRESSION_THRESHOLD,
            LOAD_LEASE,
            FAIL_SAFE_THROTTLE,
            CODEC,
            CODEC_TRUST,
            KEYS_STRICT,
            LISTENERS,
            PATTERNS_PAGE_SIZE,
            PATTERNS_KEYS_PER_SECOND);

    private CacheTable() {}
}
