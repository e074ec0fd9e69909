package io.nearfar.config;

import java.util.Collection;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Finds the known name that somebody who wrote another one may have meant. */
final class Nearest {
    private Nearest() {}

    /** Returns the name among {@code known} that is nearest to {@code name}, or null if none is near. */
    static @Nullable String among(Collection<String> known, String name) {
        return known.stream()
                .filter(candidate -> distance(candidate, name) <= tolerance(name))
                .min(Comparator.<String>comparingInt(candidate -> distance(candidate, name))
                        .thenComparing(Comparator.naturalOrder()))
                .orElse(null);
    }

    /** Returns how many characters must be inserted, removed, replaced or swapped to make one of the other. */
    static int distance(String one, String other) {
        int[][] steps = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                steps[i][j] = step(one, other, steps, i, j);
            }
        }
        return steps[one.length()][other.length()];
    }

    private static int step(String one, String other, int[][] steps, int i, int j) {
        if (i == 0 || j == 0) {
            return i + j;
        }
        int replaced = steps[i - 1][j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        int fewest = Math.min(replaced, 1 + Math.min(steps[i - 1][j], steps[i][j - 1]));
        return isSwap(one, other, i, j) ? Math.min(fewest, 1 + steps[i - 2][j - 2]) : fewest;
    }

    private static boolean isSwap(String one, String other, int i, int j) {
        return i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2) && one.charAt(i - 2) == other.charAt(j - 1);
    }

    private static int tolerance(String name) {
        return Math.max(2, name.length() / 4);
    }
}
