package io.nearfar.config;

import static io.nearfar.config.Importance.FREQUENT;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The settings of responses over HTTP that are kept by their paths. */
final class ResponseTable {
    private static final Set<Place> RESPONSE = EnumSet.of(Place.RESPONSE);

    static final Setting<List<String>> PATHS = new Setting<>(
            "paths",
            Kinds.PATHS,
            null,
            null,
            FREQUENT,
            RESPONSE,
            "[Keeps the responses](cached-responses.md#by-path) to GET of paths within the application: `/about`,"
                    + " `/pages/*`, `*.css`, `/*` for all. The responses need it.");

    static final Setting<String> CACHE = new Setting<>(
            "cache-name", Kinds.TEXT, null, "`responses-<name>`", FREQUENT, RESPONSE, "The cache that keeps them.");

    static final Setting<Duration> TTL = new Setting<>(
            "ttl", Kinds.DURATION, null, "that of the cache", FREQUENT, RESPONSE, "How long they are kept.");

    static final Setting<Duration> MAX_AGE = new Setting<>(
            "max-age",
            Kinds.DURATION_OR_ZERO,
            null,
            "their `ttl`, else `0`",
            FREQUENT,
            RESPONSE,
            "How long clients may keep them without asking; `0`: they ask each time, and get a 304. No invalidation"
                    + " reaches what clients keep.");

    static final Setting<Duration> GRACE = new Setting<>(
            "grace",
            Kinds.DURATION_OR_ZERO,
            null,
            "that of the cache",
            FREQUENT,
            RESPONSE,
            "How long they are kept after their time, for requests that fail.");

    static final Setting<List<String>> VARY = new Setting<>(
            "vary",
            Kinds.HEADERS,
            null,
            null,
            FREQUENT,
            RESPONSE,
            "Headers of the request by which they differ, told to clients as `Vary`.");

    static final Setting<List<String>> PARAMETERS = new Setting<>(
            "parameters",
            Kinds.TEXTS,
            "*",
            null,
            FREQUENT,
            RESPONSE,
            "Parameters of the query by which they differ; `*`: the whole query as it is written; `-`: none.");

    static final Setting<String> KEY_PREFIX = new Setting<>(
            "key-prefix",
            Kinds.TEXT,
            null,
            null,
            FREQUENT,
            RESPONSE,
            "What their keys begin with, before the path, for `invalidatePrefix`.");

    static final Setting<List<String>> TAGS = new Setting<>(
            "tags",
            Kinds.PATH_TAGS,
            null,
            null,
            FREQUENT,
            RESPONSE,
            "Their tags. `{path}` stands for the path within the application, as in `page:{path}`.");

    static final Setting<Boolean> PRIVATE = flag(
            "private-to-principal",
            "Whether each person has responses of their own. Requests of nobody go past the cache then.");

    static final Setting<Boolean> EVEN_WITH_AUTHORIZATION = flag(
            "even-with-authorization",
            "Whether requests that carry `Authorization`, have a principal or belong to a session share the responses"
                    + " of all others. If not, they go past the cache.");

    static final Setting<Boolean> EVEN_WITH_COOKIES =
            flag("even-with-cookies", "Whether responses that set cookies are kept, without those cookies.");

    static final Setting<String> FALLBACK = new Setting<>(
            "fallback",
            Kinds.ONE_PATH,
            null,
            null,
            FREQUENT,
            RESPONSE,
            "A path within the application that answers when neither the cache nor what was asked for does, such as"
                    + " `/sorry.html`.");

    /** In the order of the reference page. */
    static final List<Setting<?>> ALL = List.of(
            PATHS,
            CACHE,
            TTL,
            MAX_AGE,
            GRACE,
            VARY,
            PARAMETERS,
            KEY_PREFIX,
            TAGS,
            PRIVATE,
            EVEN_WITH_AUTHORIZATION,
            EVEN_WITH_COOKIES,
            FALLBACK);

    private ResponseTable() {}

    private static Setting<Boolean> flag(String name, String consequence) {
        return new Setting<>(name, Kinds.FLAG, "false", null, FREQUENT, RESPONSE, consequence);
    }
}
