package io.nearfar.cdi.model;

import io.nearfar.NamedInvalidation;
import io.nearfar.cdi.cache.TagWriter;
import io.nearfar.cdi.method.TagText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One invalidation that changes of an entity fire. Safe for use by several threads. */
final class EntityRule {
    private static final Logger LOG = LoggerFactory.getLogger(EntityRule.class);

    private final String invalidation;
    private final Map<String, TagWriter> writers = new LinkedHashMap<>();
    private final boolean isSteady;
    private final NamedInvalidation everything;
    private final AtomicBoolean told = new AtomicBoolean();

    /**
     * Creates one.
     *
     * @param arguments what each parameter of the invalidation stands for
     * @param identity the attributes that never change
     * @param everything what ends if nobody can tell the arguments
     */
    EntityRule(
            String invalidation, Map<String, TagText> arguments, Set<String> identity, NamedInvalidation everything) {
        this.invalidation = invalidation;
        this.everything = everything;
        arguments.forEach((parameter, text) -> writers.put(parameter, new TagWriter(List.of(text))));
        this.isSteady = arguments.values().stream()
                .flatMap(text -> text.segments().stream())
                .map(TagText.Segment::place)
                .filter(Objects::nonNull)
                .allMatch(place -> identity.contains(place.path().get(0)));
    }

    /** Tells whether it is fired with the same arguments as long as an object lives. */
    boolean isSteady() {
        return isSteady;
    }

    /** Returns what a change of {@code entity} fires, as it is now. */
    NamedInvalidation of(Object entity) {
        try {
            Map<String, Object> arguments = new LinkedHashMap<>();
            writers.forEach((parameter, writer) -> arguments.put(parameter, writer.texts(entity)));
            return new NamedInvalidation(invalidation, arguments);
        } catch (RuntimeException e) {
            if (!told.getAndSet(true)) {
                LOG.warn(
                        "NF0864 {}: attributes of a {} cannot be read; all entries of the caches end by its changes, and this is"
                                + " told once",
                        invalidation,
                        entity.getClass().getName(),
                        e);
            }
            return everything;
        }
    }

    /** Returns what changes of any objects fire. */
    NamedInvalidation ofAny() {
        return writers.isEmpty() ? new NamedInvalidation(invalidation, Map.of()) : everything;
    }
}
