package io.nearfar.cdi.cache;

import io.nearfar.EntryOptions;
import io.nearfar.LoadContext;
import io.nearfar.cdi.method.ExceptionFilter;
import io.nearfar.cdi.method.MethodResult;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code @CacheResult} needs at every call.
 *
 * @param keys makes the key
 * @param values chooses the cache of the results
 * @param errors chooses the cache of the exceptions, or null if none are stored
 * @param filter which exceptions are stored
 * @param skipGet whether the method is called whatever the caches hold
 * @param result what the method answers with
 * @param entries says how what is stored is kept
 * @param thrown what methods have thrown
 * @param log where failures of the caches are told
 * @param tagLog where is told what could not be stored as it should
 */
record ResultPlan(
        Keys keys,
        CacheChoice values,
        @Nullable CacheChoice errors,
        ExceptionFilter filter,
        boolean skipGet,
        MethodResult result,
        EntryWriter entries,
        MethodFailures thrown,
        FailureLog log,
        FailureLog tagLog) {
    private static final EntryOptions UNTAGGED =
            EntryOptions.NONE.withTimeToLive(Duration.ofMillis(1)).withNearTimeToLive(Duration.ZERO);

    /** Returns key and caches of a call, or null if they cannot be had, which has then been told. */
    @Nullable
    Request request(Invocation call) {
        try {
            Loads ofErrors = errors == null ? null : errors.of(call).loads();
            return new Request(call, keys.of(call), values.of(call).loads(), ofErrors);
        } catch (RuntimeException e) {
            log.failed(e);
            return null;
        }
    }

    /**
     * Says how a value is to be stored. If its tags cannot be had, the value answers this call and those that wait
     * for it, and is kept for a millisecond, for there is no way to keep it for less: nobody could invalidate it.
     */
    void tag(LoadContext context, Request request, @Nullable Object value) {
        if (entries.isIdle()) {
            return;
        }
        EntryOptions options = UNTAGGED;
        try {
            request.values().mustTakeOptions();
            options = entries.options(request.call(), value);
            tagLog.worked();
        } catch (RuntimeException e) {
            tagLog.failed(e);
        }
        context.setOptions(options);
    }

    /** Tells whether {@code failure} is what the caller gets: thrown by a method, or the refusal of a closed cache. */
    boolean isAnswer(Throwable failure) {
        return thrown.contains(failure) || Refusals.isRefusal(failure);
    }

    /**
     * Key and caches of one call.
     *
     * @param call the call
     * @param key the key
     * @param values the cache of the results
     * @param errors the cache of the exceptions, or null
     */
    record Request(
            Invocation call,
            Object key,
            Loads values,
            @Nullable Loads errors) {}
}
