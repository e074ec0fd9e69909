package io.nearfar.fault.check;

/**
 * Nothing that was written and not removed is found missing. Where a cache fails open, only those count who asked the
 * far tier itself.
 */
final class Absences implements Rule {
    @Override
    public void check(History history, Bounds bounds, Findings findings) {
        for (KeyHistory key : history.keys()) {
            if (key.role().isEternal()) {
                key.absences()
                        .filter(read -> read.byAuthority() || !bounds.failsOpen())
                        .forEach(read -> check(key, read, findings));
            }
        }
    }

    private static void check(KeyHistory key, Read read, Findings findings) {
        long removed = key.removals()
                .filter(removal -> removal.earliest() < read.by().lastReturned())
                .filter(removal -> !removal.by().equals(read.by())) // it found nothing to remove
                .mapToLong(Write::latest)
                .max()
                .orElse(Long.MIN_VALUE);
        Write lost = key.puts().after(removed);
        if (lost != null && lost.latest() < read.by().lastInvoked()) {
            boolean claimed = read.byAuthority() && read.by().caller().node() >= 0;
            findings.add(
                    claimed ? Invariant.I7 : Invariant.I5,
                    "something was said to be missing that had been written and not removed",
                    read.by(),
                    lost.by());
        }
    }
}
