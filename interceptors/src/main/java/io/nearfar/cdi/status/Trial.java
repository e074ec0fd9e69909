package io.nearfar.cdi.status;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The steps by which one tier is tried, what each led to, and how long it took. Used by one thread. */
final class Trial {
    private static final String STEP = "step";

    private final String tier;
    private final List<Map<String, @Nullable Object>> steps = new ArrayList<>();
    private final Set<String> done = new LinkedHashSet<>();
    private boolean isFound;
    private boolean isSame;

    Trial(String tier) {
        this.tier = tier;
    }

    /** Takes a step, which tells whether it did what it should; one that throws did not. */
    void step(String name, BooleanSupplier work) {
        long begun = System.nanoTime();
        String failure = null;
        boolean did = false;
        try {
            did = work.getAsBoolean();
        } catch (RuntimeException e) {
            failure = String.valueOf(e.getMessage());
        }
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put(STEP, name);
        row.put("tier", tier);
        row.put("ok", did);
        row.put("micros", TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begun));
        row.put("failure", failure);
        steps.add(row);
        if (did) {
            done.add(name);
        }
    }

    /** Notes what was read where {@code written} should be; returns whether it is that. */
    boolean found(@Nullable String read, String written) {
        isFound = read != null;
        isSame = written.equals(read);
        return isSame;
    }

    boolean did(String step) {
        return done.contains(step);
    }

    boolean isFound() {
        return isFound;
    }

    boolean isSame() {
        return isSame;
    }

    /** Tells whether every step so far did what it should. */
    boolean works() {
        return done.size() == steps.size();
    }

    List<Map<String, @Nullable Object>> steps() {
        return steps;
    }
}
