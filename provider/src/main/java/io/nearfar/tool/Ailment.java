package io.nearfar.tool;

import static io.nearfar.tool.Severity.ERROR;
import static io.nearfar.tool.Severity.NOTE;
import static io.nearfar.tool.Severity.WARNING;

import io.nearfar.far.ServerFault;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** All that the doctor can find, in the order in which it tells of it. Names stay what they are from release to release. */
enum Ailment {
    UNREACHABLE(ERROR, "all caches go through an outage", "See to address, network and server"),
    REFUSED(ERROR, "no cache can be opened", "Correct what the answer names"),
    OLD_VERSION(ERROR, ServerFault.OLD_VERSION),
    RIGHTS_MISSING(
            ERROR,
            "what needs them fails, some of it only when it is needed",
            "Give the user the line of docs/redis.md for its topology; if it may only have keys of the application, say"
                    + " under which prefix: --prefix"),
    NO_PASSWORD(
            ERROR,
            "who reaches the server reads and changes all that is in it",
            "Have the server ask for a password, of a user of your own, and set nearfar.user and nearfar.password.file"),
    SLOTS_UNCOVERED(
            ERROR,
            "their keys are in an outage, or all keys where cluster-require-full-coverage is yes",
            "Bring their masters back, or give the slots to others"),
    PERSISTENCE_FAILS(
            ERROR,
            "a server that cannot save refuses all writes, unless stop-writes-on-bgsave-error is no",
            "See to disk and rights of the server; or turn persistence off, which a cache can do without"),
    REPLICAS_MISSING(
            ERROR,
            "the server refuses all writes until so many replicas are in touch",
            "Bring them back, or set min-replicas-to-write 0 on a server of caches"),
    NEARLY_FULL(ERROR, ServerFault.NEARLY_FULL),
    NO_MAXMEMORY(WARNING, ServerFault.NO_LIMIT),
    NO_EVICTION(WARNING, ServerFault.NO_EVICTION),
    EVICTION_BY_CHANCE(WARNING, ServerFault.EVICTION_BY_CHANCE),
    NOTHING_TO_EVICT(
            WARNING,
            "a volatile policy lets none of those go; when they fill the memory, writes are refused",
            "Give the caches a time-to-live, or choose maxmemory-policy allkeys-lru; the command no-expiry shows them"),
    MAXMEMORY_BEYOND_MACHINE(
            WARNING,
            "copies on write, connections and fragmentation need room beside it, or the machine ends the server",
            "Lower maxmemory to three quarters of the machine's memory, or less"),
    NO_TLS(
            WARNING,
            "password, keys and values go over the network as they are",
            "Use rediss:// and the settings nearfar.tls; or see that nobody else is on that network"),
    ANY_HOST(
            WARNING,
            "any server whose certificate the same authority has signed is taken for yours",
            "Remove nearfar.tls.verify-host = false, and have the certificate name the host"),
    ALL_TYPES_TRUSTED(
            WARNING,
            "who can write to the server runs code in the application",
            "Allow the types that are needed by nearfar.codec.allow, and remove nearfar.codec.trust = all"),
    STATUS_FOR_EVERYBODY(
            WARNING,
            "/cache-status tells whoever comes of servers, caches and settings, and /cache-debug lets them write",
            "Set nearfar.status.role, or keep the paths from the world"),
    PREFIX_UNSET(
            WARNING,
            "two applications of one name share their caches, and one that is renamed loses them",
            "Set nearfar.application and nearfar.environment, or nearfar.prefix"),
    KEYSPACE_EVENTS_MISSING(
            WARNING,
            "nearfar.keyspace-events is on, and changes by other programs are still seen only after nearfar.near.ttl",
            "Set notify-keyspace-events Kg$xe on every server"),
    NODES_FAILING(WARNING, "one more that fails takes slots with it", "See to them, or have the cluster forget them"),
    NO_REPLICA(
            WARNING,
            "when the master ends nobody takes its place, and its keys are in an outage until it is back, then empty",
            "Add a replica; or be content with outages, which caches that fail open go through"),
    CONNECTIONS_SCARCE(
            WARNING,
            "who comes when there are no more is turned away",
            "Raise maxclients (and the limit of open files), or see who holds them: CLIENT LIST"),
    IDLE_CLIENTS_CLOSED(
            WARNING,
            "connections are closed before the next ping, so that calls fail and subscriptions are made anew",
            "Set timeout 0, or far above nearfar.ping-interval"),
    NO_KEEPALIVE(
            WARNING,
            "connections of clients that have gone without a word stay, until there are no more",
            "Set tcp-keepalive 60"),
    SUBSCRIBERS_UNBOUNDED(
            WARNING,
            "messages for a subscriber that does not read fill the memory",
            "Set client-output-buffer-limit pubsub 32mb 8mb 60"),
    EVERY_WRITE_SYNCED(
            WARNING, "every write waits for the disk", "Set appendfsync everysec, or appendonly no for a cache"),
    DEADLINE_SHORT(
            WARNING,
            "a small hold-up is taken for an outage",
            "Raise the deadline, or bring the application nearer to the server"),
    LOAD_LEASE_SHORT(
            WARNING,
            "a loader that is at work may seem dead when one answer comes late, and another node loads too",
            "Raise nearfar.load-lease to three deadlines or more"),
    CLOCK_OFF(WARNING, ServerFault.CLOCK_OFF),
    NO_FIGURES(WARNING, ServerFault.NO_FIGURES),
    DEADLINE_LONG(
            NOTE,
            "when an outage begins callers wait for so long, and what other nodes changed is unseen for that longer",
            "Keep nearfar.deadline below nearfar.near.lease, unless the network needs more"),
    FAILS_CLOSED(
            NOTE,
            "in an outage operations throw; callers must be ready for that",
            "Leave nearfar.outage at open where an answer of before, or none, will do"),
    DECIDES_LOCALLY(
            NOTE,
            "in an outage two nodes may both win a putIfAbsent or a replace",
            "Leave nearfar.outage.atomic at refuse where one alone may win"),
    LIMITS_OFF(NOTE, "all requests are admitted", "Remove nearfar.limit.enabled = false when that is over"),
    STRICT_HEALTH(
            NOTE,
            "an outage of the server takes every node out of service at once",
            "Remove nearfar.health.strict, unless the application is of no use without the server"),
    KEYS_IN_THE_LOG(
            NOTE,
            "keys may be names of people, and stand in the log where operations are told",
            "Remove nearfar.log.keys when the search is over"),
    METRICS_FOR_EVERYBODY(
            NOTE,
            "who reaches the path reads names of caches, servers and limits",
            "Set nearfar.metrics.role, or keep the path from the world"),
    DEBUG_ANSWERS(
            NOTE, "who has the role makes calls to the server by it", "Set nearfar.status.debug when it is needed"),
    DEFAULT_USER(
            NOTE,
            "it may do everything unless somebody took that from it",
            "Give the application a user of its own with the least rights: docs/redis.md"),
    KEYSPACE_EVENTS_UNUSED(
            NOTE,
            "each write costs a message that nobody of ours hears",
            "Set nearfar.keyspace-events = true; or clear notify-keyspace-events, if no other program listens"),
    COLD_MASTER(
            NOTE,
            "a master that starts again by itself is empty, and its replicas empty themselves with it",
            "Let it stay down until a replica has taken its place, or keep snapshots"),
    FREED_WHILE_CALLERS_WAIT(
            NOTE,
            "large values that are evicted, expire or are removed hold up all others while they are freed",
            "Set the lazyfree settings as deploy/redis/cache.conf has them"),
    NO_SLOW_LOG(
            NOTE,
            "the command slowlog has nothing to show",
            "Set slowlog-log-slower-than 10000 and slowlog-max-len 256"),
    NO_LATENCY_MONITOR(NOTE, "nobody knows afterwards what held the server up", "Set latency-monitor-threshold 20"),
    CONFIGURATION_UNSEEN(
            NOTE,
            "what the server is set to was not looked at",
            "Run this as a user with the right to CONFIG GET; the application's needs it not");

    private final Severity severity;
    private final @Nullable String id;
    private final String why;
    private final String cure;

    Ailment(Severity severity, String why, String cure) {
        this.severity = severity;
        this.id = null;
        this.why = why;
        this.cure = cure;
    }

    Ailment(Severity severity, ServerFault fault) {
        this.severity = severity;
        this.id = fault.id();
        this.why = fault.why();
        this.cure = fault.cure();
    }

    /** Returns what a fault of a server is here. */
    static Ailment of(ServerFault fault) {
        for (Ailment ailment : values()) {
            if (fault.id().equals(ailment.id)) {
                return ailment;
            }
        }
        throw new IllegalStateException("The doctor does not know of " + fault);
    }

    /** Returns the name as it is written. */
    String written() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Severity severity() {
        return severity;
    }

    /** Returns which warning of a server's health it is, or null if it is none. */
    @Nullable
    String id() {
        return id;
    }

    String why() {
        return why;
    }

    String cure() {
        return cure;
    }
}
