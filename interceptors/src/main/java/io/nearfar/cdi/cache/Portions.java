package io.nearfar.cdi.cache;

import io.nearfar.EntryOptions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Tags as one invalidation takes them. */
final class Portions {
    /** See {@link io.nearfar.NearfarCache#invalidateTags}. */
    private static final int MOST = 1_000;

    private Portions() {}

    /** Returns them in portions that are not too large, without those that no entry can carry. */
    static List<List<String>> of(Collection<String> tags) {
        List<String> all = tags.stream().filter(Portions::canBeCarried).toList();
        List<List<String>> portions = new ArrayList<>();
        for (int from = 0; from < all.size(); from += MOST) {
            portions.add(all.subList(from, Math.min(all.size(), from + MOST)));
        }
        return portions;
    }

    private static boolean canBeCarried(String tag) {
        try {
            return EntryOptions.NONE.withTags(tag) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
