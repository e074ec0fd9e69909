package io.nearfar.far;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.far.Pages.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes in the background what a clear has left dead, so that it takes up no room. One sweep of a cache at a time over
 * all nodes; a sweep that is due while another runs begins when that has ended.
 */
final class Sweeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);

    private static final int PAGE = 500;
    private static final long CLAIM_MILLIS = 30_000;
    private static final long RENEW_NANOS = TimeUnit.MILLISECONDS.toNanos(CLAIM_MILLIS / 3);
    private static final long AGAIN_MILLIS = 1_000;
    private static final long IDLE_SECONDS = 5;

    /** A breath after each page, so that a sweep takes a small share of the server. */
    private static final long BREATH_NANOS = 1_000_000;

    private final Calls calls;
    private final String token = UUID.randomUUID().toString();
    private final Map<String, CompletableFuture<Void>> due = new ConcurrentHashMap<>();
    private final LinkThreads sweeping = LinkThreads.waiting("nearfar-sweep");
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(
            1, sweeping, new ThreadPoolExecutor.DiscardPolicy()); // what comes after the end is not swept

    Sweeper(Calls calls) {
        this.calls = calls;
        thread.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        thread.allowCoreThreadTimeOut(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        thread.setRemoveOnCancelPolicy(true);
    }

    /** Returns what ends when all that is dead now has been deleted; it never ends if the tier is closed before. */
    CompletableFuture<Void> sweep(Names names) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        CompletableFuture<Void> waiting = due.putIfAbsent(names.cache(), done);
        if (waiting != null) {
            return waiting;
        }
        thread.execute(() -> attempt(names, done));
        return done;
    }

    private void attempt(Names names, CompletableFuture<Void> done) {
        try {
            if (claim(names, CLAIM_MILLIS)) {
                due.remove(names.cache(), done);
                walk(names);
                claim(names, 0);
                done.complete(null);
                return;
            }
        } catch (FarTierUnavailableException e) {
            LOG.debug("{}: a sweep stopped and begins again", names.cache(), e);
            due.putIfAbsent(names.cache(), done);
        }
        thread.schedule(() -> attempt(names, done), AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    }

    private boolean claim(Names names, long millis) {
        Arguments arguments = new Arguments().key(names.sweep()).add(token).add(millis);
        return Numbers.of(calls.run(Script.CLAIM, 0, arguments), 0) == 1;
    }

    private void walk(Names names) {
        Pages pages = new Pages(calls, names, PAGE);
        long claimed = System.nanoTime();
        for (List<Name> page = pages.next(); page != null && !thread.isShutdown(); page = pages.next()) {
            delete(names, page);
            Waiting.pause(BREATH_NANOS);
            if (System.nanoTime() - claimed > RENEW_NANOS) {
                claim(names, CLAIM_MILLIS);
                claimed = System.nanoTime();
            }
        }
    }

    private void delete(Names names, List<Name> page) {
        List<ScriptCall> underWay = new ArrayList<>();
        page.stream().collect(Collectors.groupingBy(Name::partition)).forEach((partition, dead) -> {
            Arguments arguments = new Arguments().key(names.meta(partition)).key(names.chain(partition));
            dead.forEach(name -> arguments.key(name.entry()));
            arguments.add(names.channel(partition)).add(names.wire()).add(Wording.flag(names.isDestroyed()));
            underWay.add(calls.script(Script.SWEEP, partition, arguments));
        });
        underWay.forEach(ScriptCall::reply);
    }

    @Override
    public void close() {
        thread.shutdown();
    }

    /** Waits until the sweep under way has noticed that the tier is closed. */
    boolean awaitEnd(long millis) {
        try {
            sweeping.awaitEnd(millis);
            return thread.isTerminated();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
