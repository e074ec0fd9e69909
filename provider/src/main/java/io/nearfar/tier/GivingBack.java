package io.nearfar.tier;

import io.nearfar.entry.Version;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Gives back a row that was changed while somebody settled it, and tells it what the settling has left in the far tier: what
 * the row says now was said after that, and so takes its place.
 */
final class GivingBack {
    private static final int ATTEMPTS = 100;

    private GivingBack() {}

    /**
     * Gives it back, unless somebody else has claimed it since: he acts as he sees fit.
     *
     * @param claimed the row as it was claimed
     * @param left the entry that the far tier has now by what the row said then, or null if it was not told or has none
     * @return whether there is no such row any more
     */
    static boolean of(OutageTable table, OutageRow claimed, @Nullable Version left) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            List<OutageRow> rows = table.find(List.of(claimed.id()));
            boolean done = rows.stream()
                    .filter(row -> row.settler() == null || Objects.equals(row.settler(), claimed.settler()))
                    .allMatch(row -> isDone(table, row, left));
            if (done) {
                return rows.isEmpty();
            }
        }
        return false;
    }

    private static boolean isDone(OutageTable table, OutageRow row, @Nullable Version left) {
        RowContent content = left == null ? null : over(row, left);
        if (content != null) {
            return table.update(row.with(content.bytes()), row.number());
        }
        return row.settler() == null || table.claim(row.givenBack(), row.number());
    }

    /** Returns what the row says over what was left, or null if it does not say anything, or knows of what came later. */
    private static @Nullable RowContent over(OutageRow row, Version left) {
        RowContent content = RowContent.read(row.content());
        if (content == null || (content.base() != null && content.base().isAfter(left))) {
            return null;
        }
        return content.over(left);
    }
}
