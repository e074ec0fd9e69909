package io.nearfar.observe;

import io.nearfar.RateLimitExceededException;
import io.nearfar.observe.Course.Met;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * What it costs while nobody wants it
 * ===================================
 * Near hits look at one field. It is brought up to date by whatever else the cache does, and by those near hits that are timed:
 * so a logger that is switched on while the application runs is heeded by the next miss or write, or within some hundred hits.
 */

/**
 * Tells at level DEBUG of each operation of one cache on this node: what it was, of which key, what it came to and how long it
 * took. Safe for use by several threads.
 */
public final class OperationLog {
    /** The logger above those of all caches and limits. */
    public static final String LOGGER = "io.nearfar.operations";

    /** The operations of any cache under way in each thread; nothing is left there once they have ended. */
    private static final ThreadLocal<@Nullable Course> COURSES = new ThreadLocal<>();

    private static final long MICROS_OF_A_MILLI = 1_000;

    private final String cache;
    private final ShownKeys keys;
    private final Logger log;
    private final BooleanSupplier wanted;
    private volatile boolean on;

    /** Says in some words what an operation came to. */
    @FunctionalInterface
    public interface Words<T extends @Nullable Object> {
        /** Returns them, of what was met and what the caller gets. */
        String of(Course course, T answer);
    }

    /** Creates the log of a cache, which shows keys so. */
    OperationLog(String cache, ShownKeys keys) {
        this(cache, keys, LoggerFactory.getLogger(LOGGER + ".cache." + cache));
    }

    private OperationLog(String cache, ShownKeys keys, Logger log) {
        this(cache, keys, log, log::isDebugEnabled);
    }

    /** Creates one that writes where {@code wanted} says so. */
    OperationLog(String cache, ShownKeys keys, Logger log, BooleanSupplier wanted) {
        this.cache = cache;
        this.keys = keys;
        this.log = log;
        this.wanted = wanted;
        this.on = wanted.getAsBoolean();
    }

    /** Tells whether operations are to be told, as was known when that was last looked at: for near hits. */
    public boolean isOn() {
        return on;
    }

    /** Looks whether operations are to be told: for all that takes longer than a look. */
    public boolean look() {
        boolean now = wanted.getAsBoolean();
        if (on != now) {
            on = now;
        }
        return now;
    }

    /** Returns what is shown of a key, of which a person reads {@code text}, if it has one. */
    public String key(@Nullable String text, Object key) {
        return keys.of(text, key);
    }

    /**
     * Makes an operation and tells of it, also if it fails.
     *
     * @param operation its name
     * @param key what is shown of its key, or how many they are
     */
    public <T extends @Nullable Object> T told(String operation, String key, Supplier<T> body, Words<T> words) {
        return told(operation, key, System.nanoTime(), body, words);
    }

    /** Likewise for the end of one that has begun at that instant of {@link System#nanoTime}. */
    public <T extends @Nullable Object> T told(
            String operation, String key, long start, Supplier<T> body, Words<T> words) {
        Course course = enter();
        T answer;
        try {
            answer = body.get();
        } catch (Throwable e) {
            tell(operation, key, course.in(failed(e)), System.nanoTime() - start);
            throw e;
        } finally {
            leave(course);
        }
        tell(operation, key, words.of(course, answer), System.nanoTime() - start);
        return answer;
    }

    /** Likewise for one that may throw what is checked. */
    public <T extends @Nullable Object> T called(String operation, String key, Callable<T> body, Words<T> words)
            throws Exception {
        Course course = enter();
        long start = System.nanoTime();
        T answer;
        try {
            answer = body.call();
        } catch (Throwable e) {
            tell(operation, key, course.in(failed(e)), System.nanoTime() - start);
            throw e;
        } finally {
            leave(course);
        }
        tell(operation, key, words.of(course, answer), System.nanoTime() - start);
        return answer;
    }

    private Course enter() {
        Course course = new Course(this, COURSES.get());
        COURSES.set(course);
        return course;
    }

    /** Begins an operation that answers with a stage, and tells of it when that has come to its end. */
    public <T extends @Nullable Object> CompletionStage<T> toldLater(
            String operation, String key, Supplier<CompletionStage<T>> body, Words<T> words) {
        Course course = enter();
        long start = System.nanoTime();
        try {
            CompletionStage<T> stage = body.get();
            stage.whenComplete((answer, failure) -> tell(
                    operation,
                    key,
                    failure == null ? words.of(course, answer) : course.in(failed(failure)),
                    System.nanoTime() - start));
            return stage;
        } catch (Throwable e) {
            tell(operation, key, course.in(failed(e)), System.nanoTime() - start);
            throw e;
        } finally {
            leave(course);
        }
    }

    private static void leave(Course course) {
        if (course.outer() == null) {
            COURSES.remove();
        } else {
            COURSES.set(course.outer());
        }
    }

    /** Tells of an operation that has ended. */
    public void tell(String operation, String key, String result, long nanos) {
        log.debug("{}: {} {}: {} in {} ms", cache, operation, key, result, millis(nanos));
    }

    /** Returns a time in milliseconds, with three places. */
    public static String millis(long nanos) {
        long micros = TimeUnit.NANOSECONDS.toMicros(nanos);
        String rest = String.valueOf(MICROS_OF_A_MILLI + micros % MICROS_OF_A_MILLI);
        return micros / MICROS_OF_A_MILLI + "." + rest.substring(1);
    }

    /** Returns what is said of an operation that has failed. */
    public static String failed(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof RateLimitExceededException
                ? "refused"
                : "failed (" + cause.getClass().getSimpleName() + ")";
    }

    /** Notes what the operation of this cache that is under way in this thread has met, if there is one. */
    void met(Met met) {
        if (look()) {
            Course course = COURSES.get();
            if (course != null && course.isOf(this)) {
                course.met(met);
            }
        }
    }
}
