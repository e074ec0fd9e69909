package io.nearfar;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every figure of Nearfar that monitoring can show: the one list from which JMX, the Prometheus text, MicroProfile Metrics
 * and the table in the documentation are made. What has values now are the {@link Meter}s.
 */
public enum Metric {
    /** Reads that found an entry. */
    CACHE_HITS(
            "nearfar_cache_hits_total",
            Kind.COUNTER,
            "",
            "Reads that found an entry, by the tier that answered",
            "cache_hits_total",
            "cache",
            "tier"),
    /** Reads that found nothing. */
    CACHE_MISSES(
            "nearfar_cache_misses_total",
            Kind.COUNTER,
            "",
            "Reads that no tier could answer",
            "cache_misses_total",
            "cache"),
    /** Entries written. */
    CACHE_PUTS("nearfar_cache_puts_total", Kind.COUNTER, "", "Entries written", null, "cache"),
    /** Entries removed. */
    CACHE_REMOVALS("nearfar_cache_removals_total", Kind.COUNTER, "", "Entries removed by request", null, "cache"),
    /** Near entries that had no room. */
    CACHE_EVICTIONS(
            "nearfar_cache_evictions_total",
            Kind.COUNTER,
            "",
            "Entries that the near tier let go for want of room",
            null,
            "cache"),
    /** Entries whose time was over. */
    CACHE_EXPIRATIONS(
            "nearfar_cache_expirations_total",
            Kind.COUNTER,
            "",
            "Entries found expired by this node, in mode near; where there is a far tier the server lets them expire",
            null,
            "cache"),
    /** Changes by other nodes that listeners heard of. */
    CACHE_REMOTE_EVENTS(
            "nearfar_cache_remote_events_total",
            Kind.COUNTER,
            "",
            "Changes by other nodes of which listeners of this node were told",
            null,
            "cache"),
    /** Changes by other nodes that listeners did not hear of. */
    CACHE_LOST_EVENTS(
            "nearfar_cache_lost_events_total",
            Kind.COUNTER,
            "",
            "Changes by other nodes of which listeners of this node could not be told: too large, not decodable, overtaken by an"
                    + " own change, or too many (one that this node knows already is none); and how often"
                    + " others may have gone unheard, since connections were made anew",
            null,
            "cache"),
    /** Near entries that an invalidation named. */
    CACHE_INVALIDATIONS(
            "nearfar_cache_invalidations_total",
            Kind.COUNTER,
            "",
            "Near entries dropped because a message or an own write named them",
            "cache_invalidations_total",
            "cache"),
    /** Changes that other nodes were told of. */
    CACHE_INVALIDATIONS_SENT(
            "nearfar_cache_invalidations_sent_total",
            Kind.COUNTER,
            "",
            "Changes of entries made in the far tier, of each of which its script has told all nodes",
            null,
            "cache"),
    /** Invalidations of more than one entry. */
    CACHE_BULK_INVALIDATIONS(
            "nearfar_cache_bulk_invalidations_total",
            Kind.COUNTER,
            "",
            "Invalidations of whole caches, of tags and of patterns that this node was asked for and that did not fail, by what they name",
            null,
            "cache",
            "target"),
    /** Answers of the near tier in an outage. */
    CACHE_STALE_ANSWERS(
            "nearfar_cache_stale_answers_total",
            Kind.COUNTER,
            "",
            "Near hits in an outage whose entry had not been verified within the near lease",
            null,
            "cache"),
    /** Answers in place of failed loads. */
    CACHE_GRACE_ANSWERS(
            "nearfar_cache_grace_answers_total",
            Kind.COUNTER,
            "",
            "Loads that failed and were answered with a value whose time is over",
            null,
            "cache"),
    /** Loads that were not begun. */
    CACHE_REFUSED_LOADS(
            "nearfar_cache_refused_loads_total",
            Kind.COUNTER,
            "",
            "Keys for which nothing was loaded, since the cache's limit of loads had no room",
            null,
            "cache"),
    /** Keys and values that were not taken. */
    CACHE_REJECTED(
            "nearfar_cache_rejected_total",
            Kind.COUNTER,
            "",
            "Keys and values of the far tier that could not be decoded or are not trusted",
            null,
            "cache"),
    /** Operations that the outage policy answered. */
    CACHE_UNAVAILABLE(
            "nearfar_cache_unavailable_total",
            Kind.COUNTER,
            "",
            "Operations that the outage policy answered, because the far tier did not",
            null,
            "cache"),
    /** Far calls without an answer. */
    CACHE_FAR_ERRORS(
            "nearfar_cache_far_errors_total",
            Kind.COUNTER,
            "",
            "Calls of the far tier without a usable answer, by kind",
            "cache_errors_total",
            "cache",
            "kind"),
    /** Keys that the far tier is yet to be told of. */
    CACHE_DIRTY_KEYS(
            "nearfar_cache_dirty_keys",
            Kind.GAUGE,
            "",
            "Keys changed in an outage of which the far tier is yet to be told",
            null,
            "cache"),
    /** Entries in the near tier. */
    CACHE_NEAR_ENTRIES(
            "nearfar_cache_near_entries", Kind.GAUGE, "", "Entries in the near tier", "cache_keys_total", "cache"),
    /** Bytes in the near tier. */
    CACHE_NEAR_BYTES(
            "nearfar_cache_near_bytes",
            Kind.GAUGE,
            "bytes",
            "Bytes in the near tier, by the estimate that near.maximum-weight bounds; of caches that have one",
            null,
            "cache"),
    /** How long far calls take. */
    CACHE_FAR_DURATION(
            "nearfar_cache_far_operation_duration_seconds",
            Kind.HISTOGRAM,
            "seconds",
            "Time from a call of the far tier to its answer, by what was asked",
            "cache_operation_duration_seconds",
            "cache",
            "operation"),
    /** How long near hits take. */
    CACHE_NEAR_DURATION(
            "nearfar_cache_near_hit_duration_seconds",
            Kind.HISTOGRAM,
            "seconds",
            "Time of near hits of get, measured on one in 256, each of which counts for 256",
            null,
            "cache"),
    /** How long loads take. */
    CACHE_LOAD_DURATION(
            "nearfar_cache_load_duration_seconds",
            Kind.HISTOGRAM,
            "seconds",
            "Time of calls of a loader or an annotated method for a missing entry",
            null,
            "cache"),
    /** How stale near hits could have been. */
    CACHE_VERIFIED_AGE(
            "nearfar_cache_verified_age_seconds",
            Kind.HISTOGRAM,
            "seconds",
            "How long before a near hit its partition was verified, which is how stale it could be; of one hit in 512",
            null,
            "cache"),
    /** Bytes of values. */
    CACHE_VALUE_BYTES(
            "nearfar_cache_value_bytes_total",
            Kind.COUNTER,
            "bytes",
            "Bytes of values written to (out) and read from (in) the far tier, as stored there and before compression (plain)",
            null,
            "cache",
            "direction",
            "form"),
    /** What compression comes to. */
    CACHE_COMPRESSION_RATIO(
            "nearfar_cache_compression_ratio",
            Kind.GAUGE,
            "",
            "Bytes of the values written before compression, for each byte stored; 1 before the first write",
            null,
            "cache"),
    /** Messages that came. */
    MESSAGES_RECEIVED(
            "nearfar_messages_received_total",
            Kind.COUNTER,
            "",
            "Messages of writes that came to this node, its own included",
            null),
    /** Messages that say nothing. */
    MESSAGES_UNREADABLE(
            "nearfar_messages_unreadable_total",
            Kind.COUNTER,
            "",
            "Messages that could not be understood or taken in; the partition's near entries went",
            null),
    /** Losses that were noticed. */
    MESSAGE_GAPS(
            "nearfar_message_gaps_total",
            Kind.COUNTER,
            "",
            "Losses of messages that were noticed, by the next message or by a beat; the partition's near entries went",
            null),
    /** Subscriptions that were lost and made anew. */
    MESSAGE_SUBSCRIPTIONS(
            "nearfar_message_subscriptions_total",
            Kind.COUNTER,
            "",
            "Subscriptions to the messages of a partition, of which there are 64, that were made anew since the start",
            null),
    /** How late messages are. */
    MESSAGE_LAG(
            "nearfar_message_lag_seconds",
            Kind.HISTOGRAM,
            "seconds",
            "Time from a write, on the server's clock, to its message on this node",
            null),
    /** Servers that are left alone. */
    FAR_BREAKERS_OPEN(
            "nearfar_far_breakers_open",
            Kind.GAUGE,
            "",
            "Servers of the far tier that do not answer and are left alone now",
            null),
    /** How often servers did not answer. */
    FAR_BREAKER_OPENINGS(
            "nearfar_far_breaker_openings_total",
            Kind.COUNTER,
            "",
            "How often a server of the far tier was found not to answer and left alone for a while",
            null),
    /** What a server's data take up. */
    SERVER_MEMORY_USED(
            "nearfar_server_memory_used_bytes",
            Kind.GAUGE,
            "bytes",
            "Memory that the data of a server of the far tier take up, of all who use it",
            null,
            "server"),
    /** What a server's data may take up. */
    SERVER_MEMORY_MAXIMUM(
            "nearfar_server_memory_maximum_bytes",
            Kind.GAUGE,
            "bytes",
            "Most memory that the data of a server of the far tier may take up; 0 if it has no limit",
            null,
            "server"),
    /** Who is connected to a server. */
    SERVER_CLIENTS(
            "nearfar_server_clients",
            Kind.GAUGE,
            "",
            "Connections of clients to a server of the far tier, from all programs",
            null,
            "server"),
    /** What a server had no room for. */
    SERVER_EVICTIONS(
            "nearfar_server_evictions_total",
            Kind.COUNTER,
            "",
            "Keys that a server of the far tier has evicted since it started, of all who use it",
            null,
            "server"),
    /** Decisions of the rate limiter. */
    LIMIT_DECISIONS(
            "nearfar_limit_decisions_total",
            Kind.COUNTER,
            "",
            "Decisions about requests under a limit, by result and by what they rest on",
            null,
            "limit",
            "result",
            "basis"),
    /** Requests that passed without a limit's leave. */
    LIMIT_BYPASSES(
            "nearfar_limit_bypasses_total",
            Kind.COUNTER,
            "",
            "Requests that passed without the leave of a limit, by the reason",
            null,
            "limit",
            "reason"),
    /** Credits of leased limits. */
    LIMIT_CREDITS(
            "nearfar_limit_credits_total",
            Kind.COUNTER,
            "",
            "Credits of leased limits that the node held, by what became of them",
            null,
            "limit",
            "fate"),
    /** How long the server takes to decide. */
    LIMIT_FAR_DURATION(
            "nearfar_limit_far_duration_seconds",
            Kind.HISTOGRAM,
            "seconds",
            "Time from a question of the rate limiter to the server's answer",
            null),
    /** Questions of the limiter without an answer. */
    LIMIT_FAR_ERRORS(
            "nearfar_limit_far_errors_total",
            Kind.COUNTER,
            "",
            "Questions of the rate limiter without a usable answer of the server, by kind",
            null,
            "kind");

    private final String fullName;
    private final Kind kind;
    private final String unit;
    private final String help;
    private final @Nullable String usualName;
    private final List<String> tags;

    /** What the numbers of a metric are. */
    public enum Kind {
        /** A number that only grows, until the cache is closed. */
        COUNTER,
        /** A number of now. */
        GAUGE,
        /** Numbers counted by how large they are. */
        HISTOGRAM
    }

    Metric(String fullName, Kind kind, String unit, String help, @Nullable String usualName, String... tags) {
        this.fullName = fullName;
        this.kind = kind;
        this.unit = unit;
        this.help = help;
        this.usualName = usualName;
        this.tags = List.of(tags);
    }

    /** Returns the name, as Prometheus has names: with the unit and, of a counter, {@code _total} at its end. */
    public String fullName() {
        return fullName;
    }

    /** Returns what its numbers are. */
    public Kind kind() {
        return kind;
    }

    /** Returns the base unit, {@code seconds} or {@code bytes}; empty if the numbers are counts or have none. */
    public String unit() {
        return unit;
    }

    /** Returns one sentence without its full stop. */
    public String help() {
        return help;
    }

    /** Returns the name under which dashboards made for other caches look for it, or null if there is none. */
    public @Nullable String usualName() {
        return usualName;
    }

    /** Returns the names of its tags, never that of a key; the values of each are few. */
    public List<String> tags() {
        return tags;
    }
}
