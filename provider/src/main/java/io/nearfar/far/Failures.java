package io.nearfar.far;

import io.nearfar.FarRefusalException;
import io.nearfar.FarTierUnavailableException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.redisson.RedissonShutdownException;
import org.redisson.client.RedisBusyException;
import org.redisson.client.RedisClusterDownException;
import org.redisson.client.RedisConnectionException;
import org.redisson.client.RedisException;
import org.redisson.client.RedisLoadingException;
import org.redisson.client.RedisMasterDownException;
import org.redisson.client.RedisNoScriptException;
import org.redisson.client.RedisNodeNotFoundException;
import org.redisson.client.RedisReadonlyException;
import org.redisson.client.RedisReconnectedException;
import org.redisson.client.RedisResponseTimeoutException;
import org.redisson.client.RedisRetryException;
import org.redisson.client.RedisTimeoutException;
import org.redisson.client.RedisTryAgainException;
import org.redisson.client.WriteRedisConnectionException;

/** What a failed call means, and the texts in which it is told. */
final class Failures {
    private static final List<String> TAILS = List.of(
            ". channel:", " command:", ", command", ", params", " data:", " Check ", ", Node source", " Node source");
    private static final int LONGEST_REASON = 300;
    private static final Pattern CODE = Pattern.compile("[A-Z]{2,}\\b");

    private Failures() {}

    /** Tells whether the server does not know the script yet. */
    static boolean isUnknownScript(Throwable failure) {
        return failure instanceof RedisNoScriptException;
    }

    /** Tells whether the server refused what was asked, and so is there and works. */
    static boolean isRefusal(Throwable failure) {
        return failure instanceof RedisException && !isOutage((RedisException) failure) && isReply(failure);
    }

    /** Where Redisson has no type for it, an error reply is known by its code; its own texts begin with a word. */
    private static boolean isReply(Throwable failure) {
        return failure.getClass() != RedisException.class
                || CODE.matcher(String.valueOf(failure.getMessage())).lookingAt();
    }

    private static boolean isOutage(RedisException failure) {
        return failure instanceof RedisTimeoutException
                || failure instanceof RedisConnectionException
                || failure instanceof RedisReconnectedException
                || failure instanceof RedissonShutdownException
                || failure instanceof RedisLoadingException
                || failure instanceof RedisClusterDownException
                || failure instanceof RedisMasterDownException
                || failure instanceof RedisBusyException
                || failure instanceof RedisReadonlyException
                || isReadOnlyInScript(failure)
                || failure instanceof RedisNodeNotFoundException
                || (failure instanceof RedisRetryException && !(failure instanceof RedisTryAgainException));
    }

    /** Before version 7 a script that writes is let in by a replica, and stopped at its first write. */
    private static boolean isReadOnlyInScript(RedisException failure) {
        return String.valueOf(failure.getMessage()).contains(": -READONLY ");
    }

    /** Tells whether nothing was done since the slot is on its way to another server; soon it will be. */
    static boolean isPassing(Throwable failure) {
        return failure instanceof RedisTryAgainException;
    }

    /**
     * Tells whether the link itself has given up waiting for an answer. It waits longer than those who asked, so where one of
     * them hears of it after its time, the process stood still, and what the server has said is lost.
     */
    static boolean isGivenUp(@Nullable Throwable failure) {
        return failure instanceof RedisResponseTimeoutException;
    }

    /** Tells whether the server may still come to what was sent, since only the way back or the wait for it failed. */
    static boolean isOpen(Throwable failure) {
        return failure instanceof RedisReconnectedException
                || failure instanceof WriteRedisConnectionException
                || failure instanceof RedisResponseTimeoutException;
    }

    static FarTierUnavailableException notConnected(String address, String cause) {
        return new FarTierUnavailableException("The far tier at " + address + " has not been reached yet (" + cause
                + "); it is tried again at least every second");
    }

    static FarTierUnavailableException kept(Master master) {
        return new FarTierUnavailableException("The far tier at " + master.address()
                + " does not answer and was not asked; it is tried again at least every second");
    }

    static FarTierUnavailableException nobody(int partition) {
        return new FarTierUnavailableException("No server of the far tier accepts writes to partition " + partition
                + " at the moment; see CLUSTER SLOTS");
    }

    static FarTierUnavailableException failed(String what, Master master, long deadlineMillis, Throwable cause) {
        String text = what + " at " + master.address() + " failed: " + reason(cause, deadlineMillis);
        return isRefusal(cause) ? new FarRefusalException(text) : new FarTierUnavailableException(text);
    }

    /** Returns what went wrong in a call with a deadline. */
    static String reason(Throwable failure, long deadlineMillis) {
        return failure instanceof TimeoutException ? "no answer within " + deadlineMillis + " ms" : reason(failure);
    }

    /** Returns what went wrong without the command that Redisson adds, for that may hold keys and values. */
    static String reason(Throwable failure) {
        String text = String.valueOf(failure.getMessage());
        int end = text.length();
        for (String tail : TAILS) {
            int at = text.indexOf(tail);
            end = at < 0 ? end : Math.min(end, at);
        }
        return failure.getClass().getSimpleName() + ": " + text.substring(0, Math.min(end, LONGEST_REASON));
    }

    static FarTierUnavailableException late(String what, Master master, long deadlineMillis) {
        return new FarTierUnavailableException(what + " reached " + master.address() + " only after its deadline of "
                + deadlineMillis + " ms and changed nothing");
    }

    static FarTierUnavailableException changing(String cache, int walks) {
        return new FarTierUnavailableException("The servers that take the writes of " + cache
                + " changed during each of " + walks + " walks over its keys, so that none was whole");
    }

    static FarTierUnavailableException closed() {
        return new FarTierUnavailableException("The cache or its manager was closed before the far tier had answered;"
                + " whether it has done what it was asked for is not known");
    }

    static FarTierUnavailableException outOfTime(long deadlineNanos) {
        return new FarTierUnavailableException("A request waited for its turn until its deadline of "
                + TimeUnit.NANOSECONDS.toMillis(deadlineNanos) + " ms had passed, and nobody was asked about it");
    }

    static FarTierUnavailableException abandoned() {
        return new FarTierUnavailableException("The thread that asked about this request together with others has ended"
                + " before it told the answer; whether the request was charged is not known");
    }

    static FarRefusalException uploadLost(String cache) {
        return new FarRefusalException("A large value of " + cache
                + " was lost on its way, because a server was replaced or is short of memory,"
                + " and nothing was changed");
    }

    static FarTierUnavailableException locked(String what, long deadlineMillis) {
        return new FarTierUnavailableException(
                what + " found its key locked by another writer for all of its deadline of " + deadlineMillis
                        + " ms and changed nothing");
    }
}
