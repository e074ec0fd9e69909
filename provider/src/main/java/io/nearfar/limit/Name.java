package io.nearfar.limit;

import io.nearfar.Quota;
import io.nearfar.key.LimitText;
import java.util.Comparator;

/**
 * What a quota is remembered under in this process, whatever its limit says at the moment: short, however long the key is,
 * and in an order, for where many names share a hash they are looked up by it.
 *
 * @param text of the key
 * @param limit the name of the limit
 */
record Name(String text, String limit) implements Comparable<Name> {
    private static final Comparator<Name> ORDER =
            Comparator.comparing(Name::text).thenComparing(Name::limit);

    static Name of(Quota quota) {
        return new Name(LimitText.of(quota.key()), quota.limit().name());
    }

    @Override
    public int compareTo(Name other) {
        return ORDER.compare(this, other);
    }
}
