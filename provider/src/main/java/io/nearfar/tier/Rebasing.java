package io.nearfar.tier;

import io.nearfar.entry.Version;
import java.util.List;

/**
 * Tells a row that was changed while somebody settled it what the settling has left in the far tier: what the row says now
 * was said after that, and so takes its place.
 */
final class Rebasing {
    private static final int ATTEMPTS = 100;

    private Rebasing() {}

    /** The far tier has that entry now by what the row said before; whoever has claimed the row since acts as he sees fit. */
    static void of(OutageTable table, String id, Version left) {
        boolean done = false;
        for (int attempt = 0; attempt < ATTEMPTS && !done; attempt++) {
            done = table.find(List.of(id)).stream().allMatch(row -> isDone(table, row, left));
        }
    }

    private static boolean isDone(OutageTable table, OutageRow row, Version left) {
        RowContent content = row.settler() == null ? RowContent.read(row.content()) : null;
        if (content == null || (content.base() != null && content.base().isAfter(left))) {
            return true;
        }
        return table.update(row.with(content.over(left).bytes()), row.number());
    }
}
