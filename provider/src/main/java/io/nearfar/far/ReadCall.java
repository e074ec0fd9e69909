package io.nearfar.far;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.entry.NeedsThreadException;
import io.nearfar.far.Exchange.Answer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.redisson.client.protocol.RedisCommand;

/**
 * A question that changes nothing: begun by the constructor, so that several can be under way, and awaited by
 * {@link #reply}. Sent a second time, perhaps by another connection, when half of the deadline brought no answer.
 */
final class ReadCall {
    private final Exchange exchange;
    private final RedisCommand<List<Object>> command;
    private final Object[] params;
    private final CompletableFuture<List<Object>> question;

    ReadCall(Exchange exchange, RedisCommand<List<Object>> command, Object... params) {
        this.exchange = exchange;
        this.command = command;
        this.params = params;
        this.question = ask();
    }

    /** Returns the instant of {@link System#nanoTime} at which it is given up. */
    long until() {
        return exchange.until();
    }

    /**
     * Waits for the reply, at most until the deadline.
     *
     * @throws io.nearfar.FarTierUnavailableException if there is none
     */
    List<Object> reply() {
        List<Object> reply = awaited();
        exchange.answered();
        return reply;
    }

    private List<Object> awaited() {
        long now = System.nanoTime();
        Answer answer = exchange.await(question, now + (exchange.until() - now) / 2, this::ask);
        if (answer.reply() != null) {
            return answer.reply();
        }
        if (Failures.isRefusal(answer.failure())) {
            throw exchange.unavailable(answer.failure());
        }
        return exchange.answer(either(question, ask()));
    }

    /** Like {@link #reply} without a thread that waits; fails with {@link NeedsThreadException} where it is to be asked anew. */
    CompletableFuture<List<Object>> reply(Awaiting awaiting) {
        long now = System.nanoTime();
        return awaiting.within(question, now + (exchange.until() - now) / 2)
                .handle((reply, failure) -> failure == null
                        ? CompletableFuture.completedFuture(reply)
                        : again(NeedsThreadException.cause(failure), awaiting))
                .thenCompose(reply -> reply)
                .thenApply(reply -> {
                    exchange.answered();
                    return reply;
                });
    }

    private CompletableFuture<List<Object>> again(Throwable failure, Awaiting awaiting) {
        if (Failures.isPassing(failure)) {
            return NeedsThreadException.failed();
        } else if (Failures.isRefusal(failure) || failure instanceof FarTierUnavailableException) {
            return CompletableFuture.failedFuture(exchange.givenUp(failure));
        }
        CompletableFuture<List<Object>> either = either(question, ask());
        return awaiting.within(either, exchange.until()).exceptionallyCompose(silence -> {
            question.cancel(false);
            return CompletableFuture.failedFuture(exchange.givenUp(NeedsThreadException.cause(silence)));
        });
    }

    private CompletableFuture<List<Object>> ask() {
        return exchange.ask(command, params);
    }

    /** Returns what answers first; fails when the second does and the first has not answered. */
    private static CompletableFuture<List<Object>> either(
            CompletableFuture<List<Object>> first, CompletableFuture<List<Object>> second) {
        CompletableFuture<List<Object>> either = new CompletableFuture<>();
        first.thenAccept(either::complete);
        second.whenComplete((reply, failure) -> {
            if (failure == null) {
                either.complete(reply);
            } else if (first.isCompletedExceptionally()) {
                either.completeExceptionally(failure);
            }
        });
        return either;
    }
}
