package io.nearfar.far;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.entry.NeedsThreadException;
import io.nearfar.far.Exchange.Answer;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The call of a script: begun by the constructor, so that several can be under way, and awaited by {@link #reply}.
 * Nobody sends it a second time but this class, and only after a reply that proves that nothing was done.
 */
final class ScriptCall {
    private static final long LATE = -1;

    private final Exchange exchange;
    private final Script script;
    private final Arguments arguments;
    private final String publish;
    private long asked;
    private volatile CompletableFuture<List<Object>> sent;
    private CompletableFuture<List<Object>> question;

    ScriptCall(Exchange exchange, Script script, Arguments arguments, String publish) {
        this.exchange = exchange;
        this.script = script;
        this.arguments = arguments;
        this.publish = publish;
        this.sent = CompletableFuture.completedFuture(List.of());
        this.question = ask();
    }

    /**
     * Sends the script by name, and by its text as soon as the server says that it does not know it: whoever has several
     * calls under way must not find that out only when the deadline has passed over another.
     */
    private CompletableFuture<List<Object>> ask() {
        long notAfter = exchange.notAfter();
        asked = System.nanoTime();
        sent = exchange.ask(
                script.isPacked() ? Session.EVALSHA_PACKED : Session.EVALSHA, params(script.sha(), notAfter));
        return sent.exceptionallyCompose(failure -> taught(failure, notAfter));
    }

    private Object[] params(String named, long notAfter) {
        return script.isPacked() ? arguments.packedParams(named, notAfter) : arguments.params(named, notAfter, publish);
    }

    private CompletableFuture<List<Object>> taught(Throwable failure, long notAfter) {
        if (!Failures.isUnknownScript(failure)) {
            return CompletableFuture.failedFuture(failure);
        }
        sent = exchange.ask(script.isPacked() ? Session.EVAL_PACKED : Session.EVAL, params(script.text(), notAfter));
        return sent;
    }

    /**
     * Waits for the reply, at most until the deadline.
     *
     * @throws FarTierUnavailableException if there is none; the script may have run, but will not after this
     */
    List<Object> reply() {
        List<Object> reply = answer();
        if (isLate(reply)) {
            question = ask();
            reply = answer();
        }
        if (isLate(reply)) {
            throw exchange.late();
        }
        exchange.answered();
        return reply;
    }

    /**
     * Like {@link #reply} without a thread that waits; fails with {@link NeedsThreadException} where nothing was done and it is to
     * be called anew.
     */
    CompletableFuture<List<Object>> reply(Awaiting awaiting) {
        return awaiting.within(question, exchange.until())
                .handle((reply, failure) ->
                        failure == null ? inTime(reply) : givenUp(NeedsThreadException.cause(failure), awaiting))
                .thenCompose(reply -> reply);
    }

    private CompletableFuture<List<Object>> inTime(List<Object> reply) {
        if (isLate(reply)) {
            return NeedsThreadException.failed();
        }
        exchange.answered();
        return CompletableFuture.completedFuture(reply);
    }

    /** Fails, not before it is sure that the script will not run any more. */
    private CompletableFuture<List<Object>> givenUp(Throwable failure, Awaiting awaiting) {
        if (Failures.isPassing(failure)) {
            return NeedsThreadException.failed();
        }
        sent.cancel(false);
        FarTierUnavailableException told = exchange.givenUp(failure);
        CompletableFuture<Boolean> sure =
                Failures.isOpen(failure) ? awaiting.at(exchange.until()) : CompletableFuture.completedFuture(true);
        return sure.thenCompose(over -> CompletableFuture.failedFuture(told));
    }

    /** Waits until it is done, and no longer than until then; it goes on without anybody. */
    void settle(long until) {
        exchange.await(question, until);
    }

    private List<Object> answer() {
        Answer answer = exchange.await(question, exchange.until(), this::ask);
        if (answer.reply() != null) {
            return answer.reply();
        }
        sent.cancel(false);
        throw givenUp(answer.failure());
    }

    /** Returns what the caller is told, not before it is sure that the script will not run any more. */
    private FarTierUnavailableException givenUp(Throwable failure) {
        FarTierUnavailableException told = exchange.unavailable(failure);
        if (Failures.isOpen(failure)) {
            Waiting.pause(exchange.until() - System.nanoTime());
        }
        return told;
    }

    /** Tells whether the script came too late for its not-after; its reply then says what the server's clock shows. */
    private boolean isLate(List<Object> reply) {
        boolean late = Numbers.of(reply, 0) == LATE;
        if (late) {
            exchange.master().clock().learn(asked, System.nanoTime(), Numbers.of(reply, 1));
        }
        return late;
    }
}
