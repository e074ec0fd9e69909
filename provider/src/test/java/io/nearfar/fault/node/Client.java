package io.nearfar.fault.node;

import io.nearfar.ContextLoad;
import io.nearfar.EntryOptions;
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
import io.nearfar.fault.node.FickleLoads.LoadFailedException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import javax.cache.Cache;

/** One thread of an application: calls caches, and writes down what it asked, what it was told, and when. */
public final class Client {
    /** Numbers go on over all runs of a JVM, so that no value is written twice. */
    private static final AtomicLong NUMBER = new AtomicLong();

    private static final String TAG = "all";
    private static final String TAG_OF_PUTS = "of";
    private static final String TAG_OF_LOADS = "loaded";
    private static final Set<String> TAGS_OF_KEPT = Set.of(TAG_OF_PUTS, TAG_OF_LOADS);

    private final Caller caller;
    private final Caches caches;
    private final Ear ear;
    private final Recorder recorder = new Recorder();
    private final ManyKeys many;
    private final FickleLoads fickle;
    private int clears;
    private int ends;

    private Client(Caller caller, Caches caches, Ear ear) {
        this.caller = caller;
        this.caches = caches;
        this.ear = ear;
        this.many = new ManyKeys(caller, caches, recorder);
        this.fickle = new FickleLoads(caller, caches, this::next);
    }

    /** Returns a thread of an application that has a listener. */
    static Client of(Caller caller, Caches caches, Ear ear) {
        return new Client(caller, caches, ear);
    }

    /** Returns a thread of an application without a listener. */
    public static Client of(Caller caller, Caches caches) {
        return new Client(caller, caches, null);
    }

    /** What a call came to. */
    private record Answer(Outcome outcome, long found) {}

    /** Returns what it did; what its {@link #loads} did they know. */
    public List<Operation> operations() {
        return recorder.operations();
    }

    /** Returns its loads that may end when its calls have long returned. */
    FickleLoads loads() {
        return fickle;
    }

    /** Tells whether everything beyond the standard is switched on. */
    boolean isEnriched() {
        return caches.isEnriched();
    }

    private Cache<String, Number> cache(Role role) {
        return caches.get(role);
    }

    private long next() {
        return numbers(caller).getAsLong();
    }

    /** Returns values that no other caller makes. */
    static LongSupplier numbers(Caller caller) {
        return () -> Values.unique(caller, NUMBER.incrementAndGet());
    }

    static long number(Number value) {
        return value == null ? Values.NONE : value.longValue();
    }

    private static Answer answer(boolean done) {
        return new Answer(done ? Outcome.DONE : Outcome.REFUSED, Values.NONE);
    }

    private static Answer found(Number value) {
        return new Answer(Outcome.DONE, number(value));
    }

    /** An answer of null means that there was nothing to do it to. */
    private static Answer done(Number value) {
        return new Answer(value == null ? Outcome.REFUSED : Outcome.DONE, number(value));
    }

    private long call(Kind kind, Role role, String key, Values asked, Callable<Answer> call) {
        long troubles = caches.troubles(role);
        if (ear != null) {
            ear.listen();
        }
        long invoked = System.nanoTime();
        Operation operation;
        try {
            Answer answer = call.call();
            Run run = Run.of(invoked, System.nanoTime());
            Values values = new Values(asked.written(), asked.wanted(), answer.found());
            boolean reads = kind == Kind.GET || kind == Kind.GET_OR_LOAD;
            boolean noted = !reads && troubles != caches.troubles(role);
            operation =
                    Operation.of(caller, kind, role.key(key), values, noted ? Outcome.NOTED : answer.outcome(), run);
        } catch (Exception e) {
            if (LoadFailedException.is(e)) {
                return Values.NONE; // as it was to
            }
            Run run = Run.of(invoked, System.nanoTime());
            operation = Operation.failed(
                    caller, kind, role.key(key), asked, e.getClass().getSimpleName(), run);
        }
        boolean listened = ear != null && role == Role.HEARD && kind != Kind.GET;
        recorder.add(listened ? operation.heard(ear.heard()) : operation);
        return operation.values().found();
    }

    /** With everything switched on entries have all that they can, but for what would end them. */
    private EntryOptions options(Role role, long value) {
        EntryOptions options = switch (role) {
            case TAGGED -> EntryOptions.NONE.withTags(TAG, tagOf(value));
            case KEPT -> EntryOptions.NONE.withTags(TAG_OF_PUTS);
            default -> EntryOptions.NONE;
        };
        if (!isEnriched()) {
            return options;
        } else if (role != Role.TAGGED) {
            options = options.withTags(TAG_OF_PUTS, "nobody", tagOf(value));
        }
        Duration life = role.isEternal() ? Duration.ofHours(1) : role.life();
        return (role.isTouched() ? options : options.withTimeToLive(life))
                .withNearTimeToLive(Duration.ofMillis(20 + value % 2_000))
                .withGrace(Duration.ofMinutes(1));
    }

    /** Returns the tag of all values that are like that one. */
    private static String tagOf(long value) {
        return Values.isLike(value, 1) ? "odd" : "even";
    }

    long get(Role role, String key) {
        return call(Kind.GET, role, key, Values.NOTHING, () -> found(cache(role).get(key)));
    }

    void put(Role role, String key) {
        long value = next();
        call(Kind.PUT, role, key, Values.written(value), () -> {
            if (role == Role.TAGGED || role == Role.KEPT || isEnriched()) {
                put(role, key, value);
            } else {
                cache(role).put(key, caches.value(value));
            }
            return answer(true);
        });
    }

    private void put(Role role, String key, long value) throws Exception {
        if (role == Role.STAGED) {
            Staged.joined(caches.near(role).async().put(key, caches.value(value), options(role, value)));
        } else {
            caches.near(role).put(key, caches.value(value), options(role, value));
        }
    }

    /** Ends by its tags whatever is kept, as if its time were over. */
    void expireAllKept() {
        call(Kind.EXPIRE, Role.KEPT, History.EVERYTHING, Values.NOTHING, () -> {
            caches.near(Role.KEPT).expireTags(TAGS_OF_KEPT);
            return answer(true);
        });
    }

    /** Ends by its tags whatever is kept, and leaves nothing that could answer. */
    void invalidateAllKept() {
        call(Kind.CLEAR, Role.KEPT, History.EVERYTHING, Values.NOTHING, () -> {
            caches.near(Role.KEPT).invalidateTags(TAGS_OF_KEPT);
            return answer(true);
        });
    }

    /** Ends what carries a tag, now and then softly: none of its loads fails, so that nobody sees it any more. */
    private void end(String tag) {
        if (isEnriched() && ends++ % 3 == 0) {
            caches.near(Role.TAGGED).expireTag(tag);
        } else {
            caches.near(Role.TAGGED).invalidateTag(tag);
        }
    }

    /** Ends what is there, as if its time were over. */
    void expire(Role role, String key) {
        call(
                Kind.EXPIRE,
                role,
                key,
                Values.NOTHING,
                () -> answer(caches.near(role).expire(key)));
    }

    /** Gets a value or has it loaded, by what may fail, find nothing, or be called later once more. */
    void getOrLoad(Role role, String key, FickleLoads.Fate fate, long nanos) {
        NearfarCache<String, Number> cache = caches.near(role);
        ContextLoad<Number> load = fickle.load(role, key, fate, nanos, optionsOfLoads(role));
        call(Kind.GET_OR_LOAD, role, key, Values.NOTHING, () -> found(cache.getOrLoad(key, load)));
        endLoads(role);
    }

    /** Of what is kept a load may be made again, ahead of an end or after it, when its call has long returned. */
    private void endLoads(Role role) {
        if (role != Role.KEPT) {
            fickle.ended(role);
        }
    }

    /** Has a load find nothing, while which somebody puts a value: that must be found afterwards. */
    void putWhileLoading(Role role, String key) {
        NearfarCache<String, Number> cache = caches.near(role);
        call(
                Kind.GET_OR_LOAD,
                role,
                key,
                Values.NOTHING,
                () -> found(cache.getOrLoad(key, () -> {
                    put(role, key);
                    return null;
                })));
    }

    /** Gets a value or has it loaded by the view whose operations answer with stages. */
    void getOrLoadStaged(Role role, String key, FickleLoads.Fate fate) {
        NearfarCache<String, Number> cache = caches.near(role);
        ContextLoad<Number> load = fickle.load(role, key, fate, 0, optionsOfLoads(role));
        call(
                Kind.GET_OR_LOAD,
                role,
                key,
                Values.NOTHING,
                () -> found(Staged.joined(cache.async().getOrLoad(key, context -> {
                    try {
                        return CompletableFuture.completedStage(load.load(context));
                    } catch (Exception e) {
                        return CompletableFuture.failedStage(e);
                    }
                }))));
        endLoads(role);
    }

    private static EntryOptions optionsOfLoads(Role role) {
        return role == Role.KEPT
                ? EntryOptions.NONE.withNearTimeToLive(Duration.ofMillis(100)).withTags(TAG_OF_LOADS)
                : EntryOptions.NONE;
    }

    void remove(Role role, String key) {
        call(Kind.REMOVE, role, key, Values.NOTHING, () -> answer(cache(role).remove(key)));
    }

    void putIfAbsent(Role role, String key) {
        long value = next();
        Values asked = Values.written(value);
        call(Kind.PUT_IF_ABSENT, role, key, asked, () -> answer(cache(role).putIfAbsent(key, caches.value(value))));
    }

    void replace(Role role, String key) {
        long value = next();
        call(
                Kind.REPLACE,
                role,
                key,
                Values.written(value),
                () -> answer(cache(role).replace(key, caches.value(value))));
    }

    void replaceValue(Role role, String key, long old) {
        long value = next();
        Values asked = new Values(value, old, Values.NONE);
        call(
                Kind.REPLACE_VALUE,
                role,
                key,
                asked,
                () -> answer(cache(role).replace(key, caches.value(old), caches.value(value))));
    }

    void removeValue(Role role, String key, long old) {
        Values asked = new Values(Values.NONE, old, Values.NONE);
        call(Kind.REMOVE_VALUE, role, key, asked, () -> answer(cache(role).remove(key, caches.value(old))));
    }

    void getAndPut(Role role, String key) {
        long value = next();
        Values asked = Values.written(value);
        call(Kind.GET_AND_PUT, role, key, asked, () -> found(cache(role).getAndPut(key, caches.value(value))));
    }

    void getAndReplace(Role role, String key) {
        long value = next();
        Values asked = Values.written(value);
        call(Kind.GET_AND_REPLACE, role, key, asked, () -> done(cache(role).getAndReplace(key, caches.value(value))));
    }

    void getAndRemove(Role role, String key) {
        call(
                Kind.GET_AND_REMOVE,
                role,
                key,
                Values.NOTHING,
                () -> done(cache(role).getAndRemove(key)));
    }

    void increment(String key) {
        call(
                Kind.INVOKE,
                Role.COUNTERS,
                key,
                Values.NOTHING,
                () -> found(cache(Role.COUNTERS).invoke(key, (entry, arguments) -> {
                    Number sum = caches.value(entry.exists() ? entry.getValue().longValue() + 1 : 1);
                    entry.setValue(sum);
                    return sum;
                })));
    }

    void clear(Role role) {
        call(Kind.CLEAR, role, History.EVERYTHING, Values.NOTHING, () -> {
            if (role == Role.TAGGED && isEnriched() && clears++ % 2 == 0) {
                caches.invalidate(Caches.EVERYTHING);
            } else if (role == Role.TAGGED) {
                end(TAG);
            } else {
                cache(role).clear();
            }
            return answer(true);
        });
    }

    /** Ends all values of {@link Role#TAGGED} that are like that one. */
    void invalidateLike(long value) {
        Values asked = new Values(Values.NONE, value, Values.NONE);
        call(Kind.INVALIDATE_LIKE, Role.TAGGED, History.EVERYTHING, asked, () -> {
            end(tagOf(value));
            return answer(true);
        });
    }

    /** Gets a value or has it loaded; the loader takes its time. */
    void getOrLoad(Role role, String key, long nanos) {
        NearfarCache<String, Number> cache = caches.near(role);
        load(role, key, nanos, load -> cache.getOrLoad(key, load));
    }

    /** Has a value loaded, whether or not there is one. */
    void reload(Role role, String key, long nanos) {
        NearfarCache<String, Number> cache = caches.near(role);
        load(role, key, nanos, load -> cache.reload(key, load));
    }

    /** A call that may call a loader. */
    private interface Loading {
        Number by(ContextLoad<Number> load) throws Exception;
    }

    /** What was loaded in an outage the node keeps for itself, like a change that it was told. */
    private void load(Role role, String key, long nanos, Loading call) {
        long troubles = caches.troubles(role);
        AtomicReference<Operation> loaded = new AtomicReference<>();
        ContextLoad<Number> load = load(role, key, nanos, loaded);
        call(Kind.GET, role, key, Values.NOTHING, () -> found(call.by(load)));
        if (loaded.get() != null) {
            recorder.add(
                    troubles == caches.troubles(role)
                            ? loaded.get()
                            : loaded.get().noted());
        }
    }

    /** Returns a loader that is about to be called. */
    private ContextLoad<Number> load(Role role, String key, long nanos, AtomicReference<Operation> loaded) {
        long invoked = System.nanoTime();
        return context -> {
            long value = next();
            context.setOptions(options(role, value));
            Run run = Run.of(invoked, System.nanoTime());
            loaded.set(Operation.of(caller, Kind.LOAD, role.key(key), Values.written(value), Outcome.DONE, run));
            Pace.rest(nanos);
            return caches.value(value);
        };
    }

    /** Ends what there is under all keys of {@link Role#PATTERNED}. */
    void invalidateAll() {
        many.invalidateAll();
    }

    /** Ends what there is under one half of them, which says nothing of the other. */
    void invalidateHalf() {
        many.invalidateHalf();
    }

    /** Puts many at once; each counts as a call of its own at the same time. */
    void putAll(Role role, Set<String> keys) {
        Map<String, Number> values = new TreeMap<>();
        keys.forEach(key -> values.put(key, caches.value(next())));
        many.putAll(role, values);
    }

    /** Gets many at once; each counts as a call of its own at the same time. */
    void getAll(Kind kind, Role role, Set<String> keys) {
        many.getAll(kind, role, keys);
    }

    /** Reads all that is read after quiet. */
    public void getLast() {
        for (Role role : Role.values()) {
            if (role.isEternal()) {
                getAll(Kind.LAST_GET, role, Set.copyOf(Keys.of(role)));
            }
        }
    }
}
