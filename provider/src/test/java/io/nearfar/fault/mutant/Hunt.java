package io.nearfar.fault.mutant;

import io.nearfar.fault.check.Bounds;
import io.nearfar.fault.check.Report;
import io.nearfar.fault.history.Role;
import io.nearfar.fault.proxy.Lines;
import io.nearfar.fault.scenario.Field;
import io.nearfar.fault.scenario.Trial;
import java.util.Map;
import java.util.Random;

/** A short run that is likely to show what a mutant breaks. */
enum Hunt {
    /** Keys are written while another node reads them for the first time. */
    FIRST_READS {
        @Override
        Report round(Field field, Trial trial, int round) {
            trial.race(round * RACED, RACED);
            return trial.check(Bounds.ofHealth());
        }
    },
    /** A node loses some messages on a live connection. */
    LOST_MESSAGES {
        @Override
        Report round(Field field, Trial trial, int round) {
            Random random = new Random(round);
            return trial.observed(round, "POLLER,SCATTERER", () -> {
                field.link(0).lose(push -> random.nextInt(3) == 0);
                Trial.rest(400);
                field.link(0).heal();
                Trial.rest(LONG);
            });
        }
    },
    /** A node loses all messages on a live connection. */
    NO_MESSAGES {
        @Override
        Report round(Field field, Trial trial, int round) {
            return trial.observed(round, "POLLER,WRITER,MIXER", () -> {
                field.link(0).lose(push -> true);
                Trial.rest(LONG);
                field.link(0).heal();
            });
        }
    },
    /** A node's network is silent. */
    SILENCE {
        @Override
        Report round(Field field, Trial trial, int round) {
            return trial.observed(round, "POLLER,WRITER,MIXER", () -> {
                field.link(0).blackhole();
                Trial.rest(LONG);
                field.link(0).heal();
            });
        }
    },
    /** A node that fails open is without its network, and works on when it is back. */
    OUTAGE {
        @Override
        Map<String, String> settings() {
            return Map.of("nearfar.max-stale", "0");
        }

        @Override
        Report round(Field field, Trial trial, int round) {
            return trial.answering(round, "POLLER,TAGGER,PATTERNER", () -> {
                field.link(0).refuse();
                field.link(0).cut(Lines.ALL);
                Trial.rest(500);
                field.link(0).heal();
                Trial.rest(500);
            });
        }
    },
    /** What a node has sent arrives when it has been given up and others have written. */
    LATE_WRITES {
        @Override
        Report round(Field field, Trial trial, int round) {
            return trial.judged(round, "PUTTER,PUTTER,PUTTER,PUTTER", () -> {
                field.link(0).holdForth(Lines.ALL);
                Trial.rest(600);
            });
        }
    },
    /** The connections of all nodes are cut again and again. */
    CUTS {
        @Override
        Report round(Field field, Trial trial, int round) {
            return trial.judged(round, "POLLER,SCATTERER,SCATTERER,SCATTERER", () -> {
                for (int i = 0; i < 10; i++) {
                    field.links().forEach(link -> link.cut(Lines.CALLERS));
                    Trial.rest(60);
                }
            });
        }
    },
    /** Loads, and invalidations of their tags. */
    TAGS {
        @Override
        Report round(Field field, Trial trial, int round) {
            return trial.observed(round, "POLLER,TAGGER,TAGGER", () -> Trial.rest(LOADS));
        }
    },
    /** Loads, and patterns that end all keys, or one half. */
    PATTERNS {
        @Override
        Report round(Field field, Trial trial, int round) {
            return trial.observed(round, "POLLER,PATTERNER,PATTERNER", () -> Trial.rest(LOADS));
        }
    },
    /** Patterns end what nodes still have of entries that the far tier has lost. */
    EVICTIONS {
        @Override
        Report round(Field field, Trial trial, int round) {
            return trial.healthy(round, "PATTERNER,PATTERNER,PATTERNER", () -> trial.evict(Role.PATTERNED, LOADS));
        }
    },
    /** Entries that have ended and are kept, and keys of which it is remembered that loads find nothing. */
    ENDS {
        @Override
        Map<String, String> settings() {
            return Map.of(
                    "nearfar.outage",
                    "closed",
                    "nearfar.max-stale",
                    "0",
                    "nearfar.cache.kept.grace",
                    "10s",
                    "nearfar.cache.kept.fail-safe.throttle",
                    "0",
                    "nearfar.cache.absent.ttl.negative",
                    "10s");
        }

        @Override
        Report round(Field field, Trial trial, int round) {
            return trial.observed(round, "ENRICHER,ENRICHER,ENRICHER", () -> Trial.rest(LOADS));
        }
    },
    /** Nothing but ordinary work. */
    WORK {
        @Override
        Report round(Field field, Trial trial, int round) {
            return trial.observed(round, "POLLER,WRITER,MIXER", () -> Trial.rest(1_000));
        }
    };

    private static final int RACED = 2_000;

    /** In so long a time many loads begin and end. */
    private static final long LOADS = 2_000;

    /** Longer than a node may be stale, also if the machine stands still for a while. */
    private static final long LONG = 2_500;

    /** Returns how the caches are set: they throw in an outage, and serve nothing stale. */
    Map<String, String> settings() {
        return Map.of("nearfar.outage", "closed", "nearfar.max-stale", "0");
    }

    /** Does it once more, with caches of its own, and returns what the checker says. */
    Report report(Field field, int round) {
        Trial trial = Trial.open(field, settings());
        try {
            return round(field, trial, round);
        } finally {
            trial.close();
        }
    }

    abstract Report round(Field field, Trial trial, int round);
}
