package io.nearfar.far;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.redisson.client.RedisConnection;
import org.redisson.client.RedisRedirectException;
import org.redisson.client.WriteRedisConnectionException;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.client.handler.CommandsQueue;
import org.redisson.client.protocol.CommandData;
import org.redisson.client.protocol.RedisCommand;

/**
 * A command that goes by one connection, past Redisson's executor, whose timers and retries are of no use here: calls have a
 * deadline of their own, and nobody else sends one twice. Where a cluster sends it elsewhere, or the connection is closed before it is
 * written, the executor goes on.
 *
 * <p>It is written by the connection's thread, which leaves nothing in the thread of the caller.
 */
final class DirectCommand extends CommandData<List<Object>, List<Object>> implements ChannelFutureListener {
    private final RespWriter text;
    private final Supplier<CompletableFuture<List<Object>>> elsewhere;
    private volatile boolean goesElsewhere;

    /**
     * Creates a command that is not sent yet.
     *
     * @param elsewhere sends it by Redisson's executor
     */
    DirectCommand(
            RedisCommand<List<Object>> command, Object[] params, Supplier<CompletableFuture<List<Object>>> elsewhere) {
        super(new CompletableFuture<>(), ByteArrayCodec.INSTANCE, command, params);
        this.text = RespWriter.of(command, params);
        this.elsewhere = elsewhere;
    }

    /** Sends it by a connection; never throws. */
    CompletableFuture<List<Object>> send(RedisConnection connection) {
        DirectChannel.of(connection).send(this);
        return getPromise();
    }

    /** Returns it as it is sent. */
    RespWriter text() {
        return text;
    }

    /** Takes in the reply, as {@link RespReader} reads it, unless the caller has given up. */
    @SuppressWarnings("unchecked")
    void answer(@Nullable Object reply) {
        if (isExecuted()) {
            return;
        }
        try {
            Object answer =
                    reply instanceof List ? reply : getCommand().getConvertor().convert(reply);
            getPromise().complete((List<Object>) answer);
        } catch (RuntimeException e) { // it is not such a reply
            tryFailure(e);
        }
    }

    /** Tells that it could not be written; what was written is answered, or given up by whoever waits. */
    @Override
    public void operationComplete(ChannelFuture written) {
        if (!written.isSuccess()) {
            written.channel().attr(CommandsQueue.COMMANDS_QUEUE).get().removeIf(other -> other.getCommand() == this);
            tryFailure(new WriteRedisConnectionException(
                    "Unable to write command into connection! channel: " + written.channel(), written.cause()));
        }
    }

    /** This connection has answered also where another still has to: the next answer here is to the next command. */
    @Override
    public boolean isExecuted() {
        return goesElsewhere || super.isExecuted();
    }

    @Override
    public boolean tryFailure(Throwable cause) {
        if (!(cause instanceof RedisRedirectException)) {
            return super.tryFailure(cause);
        }
        if (getPromise().isDone()) { // given up meanwhile
            return false;
        }
        goesElsewhere = true;
        sendElsewhere();
        return true;
    }

    /** Has Redisson's executor send it. */
    void sendElsewhere() {
        CompletableFuture<List<Object>> promise = getPromise();
        CompletableFuture<List<Object>> there = elsewhere.get();
        there.whenComplete((reply, failure) -> {
            if (failure == null) {
                promise.complete(reply);
            } else {
                promise.completeExceptionally(failure);
            }
        });
        promise.whenComplete(
                (reply, failure) -> there.cancel(false)); // which it can still be where the caller gave it up
    }
}
