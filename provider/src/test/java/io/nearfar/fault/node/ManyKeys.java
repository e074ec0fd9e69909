package io.nearfar.fault.node;

import io.nearfar.NearfarCache;
import io.nearfar.fault.check.History;
import io.nearfar.fault.history.Caller;
import io.nearfar.fault.history.Kind;
import io.nearfar.fault.history.Operation;
import io.nearfar.fault.history.Outcome;
import io.nearfar.fault.history.Recorder;
import io.nearfar.fault.history.Role;
import io.nearfar.fault.history.Run;
import io.nearfar.fault.history.Values;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The calls of a {@link Client} that are about many keys; each key counts as a call of its own at the same time. */
final class ManyKeys {
    private static final String EVERY_KEY = "[a-z]?";

    private final Caller caller;
    private final Caches caches;
    private final Recorder recorder;
    private int walks;

    ManyKeys(Caller caller, Caches caches, Recorder recorder) {
        this.caller = caller;
        this.caches = caches;
        this.recorder = recorder;
    }

    void putAll(Role role, Map<String, Number> values) {
        Map<String, Values> asked = new TreeMap<>();
        values.forEach((key, value) -> asked.put(key, Values.written(value.longValue())));
        call(Kind.PUT_ALL, role, asked, () -> caches.get(role).putAll(values));
    }

    void invalidateAll() {
        boolean softly = caches.isEnriched() && walks++ % 3 == 0;
        invalidate(List.of(History.EVERYTHING), cache -> {
            if (softly) {
                cache.expirePattern(EVERY_KEY);
            } else {
                cache.invalidatePattern(EVERY_KEY);
            }
        });
    }

    void invalidateHalf() {
        int way = caches.isEnriched() ? walks++ % 3 : 2;
        invalidate(Keys.half(), cache -> {
            if (way == 0) {
                caches.invalidate(Caches.HALF);
            } else if (way == 1) {
                cache.expirePrefix(Keys.HALF);
            } else {
                cache.invalidatePrefix(Keys.HALF);
            }
        });
    }

    private void invalidate(List<String> keys, Consumer<NearfarCache<String, Number>> call) {
        NearfarCache<String, Number> cache = caches.near(Role.PATTERNED);
        Map<String, Values> asked = new TreeMap<>();
        keys.forEach(key -> asked.put(key, Values.NOTHING));
        call(Kind.INVALIDATE, Role.PATTERNED, asked, () -> call.accept(cache));
    }

    private void call(Kind kind, Role role, Map<String, Values> asked, Runnable call) {
        long troubles = caches.troubles(role);
        long invoked = System.nanoTime();
        String failure = failureOf(call);
        Run run = Run.of(invoked, System.nanoTime());
        Outcome outcome = troubles == caches.troubles(role) ? Outcome.DONE : Outcome.NOTED;
        asked.forEach((key, values) -> recorder.add(
                failure == null
                        ? Operation.of(caller, kind, role.key(key), values, outcome, run)
                        : Operation.failed(caller, kind, role.key(key), values, failure, run)));
    }

    void getAll(Kind kind, Role role, Set<String> keys) {
        Map<String, Number> values = new TreeMap<>();
        long invoked = System.nanoTime();
        String failure = failureOf(() -> values.putAll(caches.get(role).getAll(keys)));
        Run run = Run.of(invoked, System.nanoTime());
        for (String key : keys) {
            Values found = Values.found(Client.number(values.get(key)));
            recorder.add(
                    failure == null
                            ? Operation.of(caller, kind, role.key(key), found, Outcome.DONE, run)
                            : Operation.failed(caller, kind, role.key(key), Values.NOTHING, failure, run));
        }
    }

    private static String failureOf(Runnable call) {
        try {
            call.run();
            return null;
        } catch (RuntimeException e) {
            return e.getClass().getSimpleName();
        }
    }
}
