package io.nearfar.config;

import static io.nearfar.config.Importance.FREQUENT;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The settings of an invalidation that has a name. */
final class InvalidationTable {
    private static final Set<Place> INVALIDATION = EnumSet.of(Place.INVALIDATION);

    static final Setting<List<String>> CACHES = new Setting<>(
            "caches",
            Kinds.TEXTS,
            null,
            null,
            FREQUENT,
            INVALIDATION,
            "In which caches the [named invalidation](invalidations.md) ends entries: names, in which `*` stands for any"
                    + " characters.");

    static final Setting<List<String>> PARAMETERS = new Setting<>(
            "parameters",
            Kinds.PARAMETERS,
            null,
            null,
            FREQUENT,
            INVALIDATION,
            "The names of what differs each time that it is fired; in braces they stand in the texts below.");

    static final Setting<List<String>> TAGS = new Setting<>(
            "tags",
            Kinds.TEXTS,
            null,
            null,
            FREQUENT,
            INVALIDATION,
            "The tags whose entries end, such as `user:{id}`.");

    static final Setting<List<String>> KEYS = new Setting<>(
            "keys",
            Kinds.TEXTS,
            null,
            null,
            FREQUENT,
            INVALIDATION,
            "The keys whose entries end, as a person reads them.");

    static final Setting<List<String>> PREFIXES = new Setting<>(
            "prefixes",
            Kinds.TEXTS,
            null,
            null,
            FREQUENT,
            INVALIDATION,
            "What the keys of entries begin with that end. It walks over all keys of the servers.");

    static final Setting<List<String>> PATTERNS = new Setting<>(
            "patterns",
            Kinds.TEXTS,
            null,
            null,
            FREQUENT,
            INVALIDATION,
            "The patterns of keys whose entries end, such as `feed:{id}:*`. Each walks over all keys of the servers.");

    static final Setting<Boolean> CLEAR = new Setting<>(
            "clear", Kinds.FLAG, "false", null, FREQUENT, INVALIDATION, "Whether all entries of the caches end.");

    static final Setting<List<String>> ENTITIES = new Setting<>(
            "entities",
            Kinds.ENTITIES,
            null,
            null,
            FREQUENT,
            INVALIDATION,
            "The JPA [entities whose changes](model-events.md) fire it: classes by their full names. Parameters are attributes"
                    + " then.");

    static final Setting<Boolean> SOFT = new Setting<>(
            "soft",
            Kinds.FLAG,
            "false",
            null,
            FREQUENT,
            INVALIDATION,
            "Whether entries end [as if their time were over](loading.md#what-is-probably-wrong), so that they may answer in their"
                    + " grace where a load fails. Not with `clear`.");

    /** In the order of the reference page. */
    static final List<Setting<?>> ALL =
            List.of(CACHES, PARAMETERS, TAGS, KEYS, PREFIXES, PATTERNS, CLEAR, SOFT, ENTITIES);

    private InvalidationTable() {}
}
