package io.nearfar.cdi.web.response;

import io.nearfar.AsyncContextLoad;
import io.nearfar.EntryOptions;
import io.nearfar.LoadContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The turn of one request at a response. It finds one, which somebody may just be making; or it is to make it itself, and then the
 * cache's load of it lasts from the filter of the request to that of the response, in whatever threads; or it goes past the cache.
 * Safe for use by several threads.
 */
final class ResponseTurn implements AsyncContextLoad<Object> {
    /** How long a request waits for the response to another one, as whoever waits for a load. */
    private static final long LONGEST_WAIT_SECONDS = 30;
    /** How long it may take to hear that there is an old response. */
    private static final long OLD_WAIT_SECONDS = 2;

    private final CompletableFuture<Kind> kind = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Object> made = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Object> answer = new CompletableFuture<>();
    private volatile @Nullable LoadContext load;

    /** What a request is to do. */
    enum Kind {
        /** There is an answer, or a failure of the cache. */
        ANSWERED,
        /** It is to make the response. */
        OWN,
        /** It waits no longer. */
        PAST
    }

    /** Returns a turn that has ended: that of a request which makes its response without the cache. */
    static ResponseTurn ended() {
        ResponseTurn turn = new ResponseTurn();
        turn.kind.complete(Kind.PAST);
        turn.leave();
        return turn;
    }

    /** Tells whether the cache waits for what the request makes. */
    boolean isAwaited() {
        return !made.isDone();
    }

    @Override
    public CompletionStage<? extends @Nullable Object> load(LoadContext context) {
        load = context;
        if (!kind.complete(Kind.OWN)) {
            return CompletableFuture.completedFuture(null);
        }
        return made;
    }

    /** A request is answered in its own time. */
    @Override
    public boolean mayRunLater() {
        return false;
    }

    /** Follows what the cache says to the request, and waits until it is known what the request is to do. */
    Kind follow(CompletionStage<? extends @Nullable Object> asked) {
        asked.whenComplete((value, failure) -> {
            if (failure == null) {
                answer.complete(value);
            } else {
                Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                answer.completeExceptionally(cause == null ? failure : cause);
            }
            kind.complete(Kind.ANSWERED);
        });
        try {
            return kind.get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // whoever makes it takes long; the request makes its own
        }
        kind.complete(Kind.PAST);
        return kind.join();
    }

    /**
     * Returns what the cache has answered, or null if that is nothing.
     *
     * @throws Throwable what the cache failed with
     */
    @Nullable
    Object answer() throws Throwable {
        return answerWithin(0);
    }

    private @Nullable Object answerWithin(long seconds) throws Throwable {
        try {
            return answer.get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    /** Hands the cache the response that this request has made. */
    void make(byte[] response, EntryOptions options) {
        LoadContext context = load;
        if (context != null) {
            context.setOptions(options);
            made.complete(response);
        }
    }

    /** Ends the turn without a response to keep; has no effect if it has ended. */
    void leave() {
        made.complete(null);
    }

    /**
     * Ends the turn with a failure, and returns what answers in its place, or null; also if it has ended before.
     *
     * @param what says what has failed
     */
    @Nullable
    Object fail(String what) {
        if (!made.completeExceptionally(new FailedResponseException(what))) {
            return null;
        }
        try {
            return answerWithin(OLD_WAIT_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (Throwable nothingThere) {
            return null;
        }
    }

    /** Tells {@code failures} what the cache could not do with the response, when that is known. */
    @SuppressWarnings("FutureReturnValueIgnored") // what it says is told
    void tell(Consumer<Throwable> failures, Runnable worked) {
        answer.whenComplete((value, failure) -> {
            if (failure == null) {
                worked.run();
            } else if (!(failure instanceof FailedResponseException)) {
                failures.accept(failure);
            }
        });
    }
}
