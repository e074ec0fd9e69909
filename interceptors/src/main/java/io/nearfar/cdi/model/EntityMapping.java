package io.nearfar.cdi.model;

import io.nearfar.NamedInvalidation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What changes of the objects of one class end.
 *
 * @param rules maybe none
 */
record EntityMapping(List<EntityRule> rules) {
    /** Tells whether there is nothing that they end. */
    boolean isEmpty() {
        return rules.isEmpty();
    }

    /** Tells whether what an object was before matters when it changes. */
    boolean needsBefore() {
        return !rules.stream().allMatch(EntityRule::isSteady);
    }

    /** Returns what a change of {@code entity} fires, as it is now. */
    Set<NamedInvalidation> of(Object entity) {
        Set<NamedInvalidation> fired = new LinkedHashSet<>();
        rules.forEach(rule -> fired.add(rule.of(entity)));
        return fired;
    }

    /** Returns what changes of any objects fire. */
    Set<NamedInvalidation> ofAny() {
        Set<NamedInvalidation> fired = new LinkedHashSet<>();
        rules.forEach(rule -> fired.add(rule.ofAny()));
        return fired;
    }
}
