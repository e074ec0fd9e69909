package io.nearfar.cdi.model;

import io.nearfar.NamedInvalidation;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A change of an entity.
 *
 * @param exactly what it fires
 * @param coarsely what fires all of that and more, and is the same for all objects of the class
 */
record Change(Set<NamedInvalidation> exactly, Set<NamedInvalidation> coarsely) {
    /** Returns that of an object that would have fired {@code before} and now fires {@code after}. */
    static Change of(EntityMapping mapping, Set<NamedInvalidation> before, Set<NamedInvalidation> after) {
        Set<NamedInvalidation> both = new LinkedHashSet<>(before);
        both.addAll(after);
        return new Change(both, mapping.ofAny());
    }

    /** Returns that of any objects. */
    static Change ofAny(EntityMapping mapping) {
        return new Change(mapping.ofAny(), mapping.ofAny());
    }
}
