package io.nearfar.limit;

import java.util.ArrayList;
import java.util.List;

/** The naive twin of all windows: a list of the instants of all permits that were ever taken. */
public final class WindowModel {
    private final List<Long> taken = new ArrayList<>();

    /** Counts permits taken at an instant. */
    public void charge(long now, long cost) {
        for (int i = 0; i < cost; i++) {
            taken.add(now);
        }
    }

    /** Takes back permits that were taken at an instant. */
    public void refund(long then, long cost) {
        for (int i = 0; i < cost; i++) {
            taken.remove((Long) then);
        }
    }

    /** Returns how many count at an instant. */
    public long used(long now, long window) {
        return taken.stream().filter(instant -> instant > now - window).count();
    }

    /** Returns when the oldest that counts was taken; the instant itself if none does. */
    public long oldest(long now, long window) {
        return taken.stream()
                .mapToLong(Long::longValue)
                .filter(instant -> instant > now - window)
                .min()
                .orElse(now);
    }

    /** Returns how long until so many permits more have room; 0 if they have. */
    public long freeIn(long now, long window, long permits, long cost) {
        long needed = used(now, window) - (permits - cost);
        return needed <= 0
                ? 0
                : taken.stream()
                                .filter(instant -> instant > now - window)
                                .sorted()
                                .skip(needed - 1)
                                .findFirst()
                                .orElseThrow()
                        + window
                        - now;
    }

    /** Returns the most that any window has held. */
    public static long mostInAnyWindow(List<Long> instants, long window) {
        List<Long> sorted = instants.stream().sorted().toList();
        long most = 0;
        int from = 0;
        for (int i = 0; i < sorted.size(); i++) {
            while (sorted.get(i) - sorted.get(from) >= window) {
                from++;
            }
            most = Math.max(most, i - from + 1);
        }
        return most;
    }

    /** Returns all instants. */
    public List<Long> taken() {
        return List.copyOf(taken);
    }
}
