package io.nearfar.tier;

import io.nearfar.entry.Lease;
import io.nearfar.entry.Value;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The rules of {@link LoadCoordinator} for loads that answer with a stage. The first request for the lease is made in
 * the caller's thread, and so is the load if the lease is granted at once; everything that waits is an errand.
 */
final class AsyncLoads<K, V> {
    private final LoadCoordinator<K, V> rules;
    private final Flights<K, V> flights;
    private final FailSafe<K, V> failSafe;
    private final Revalidation<K, V> revalidation;
    private final ScheduledExecutorService threads;

    AsyncLoads(
            LoadCoordinator<K, V> rules,
            Flights<K, V> flights,
            FailSafe<K, V> failSafe,
            Revalidation<K, V> revalidation,
            ScheduledExecutorService threads) {
        this.rules = rules;
        this.flights = flights;
        this.failSafe = failSafe;
        this.revalidation = revalidation;
        this.threads = threads;
    }

    /** One request as it goes on from attempt to attempt. */
    private record Request<K, V>(
            K key,
            Supplier<? extends CompletionStage<? extends @Nullable Value<V>>> load,
            Storing<V> storing,
            Patience patience,
            Errands errands,
            CompletableFuture<Loaded<V>> answer,
            CompletableFuture<Loaded<V>> meanwhile,
            boolean failSafely,
            WaitGraph.@Nullable Awaited by) {
        void offer(@Nullable Loaded<V> old) {
            if (old == null) {
                meanwhile.cancel(false);
            } else {
                meanwhile.complete(old);
            }
        }
    }

    Asked<V> getOrLoad(
            K key,
            Supplier<? extends CompletionStage<? extends @Nullable Value<V>>> load,
            Storing<V> storing,
            WaitGraph.@Nullable Awaited by) {
        Request<K, V> request = request(key, load, storing, true, by);
        attempt(request);
        return new Asked<>(request.answer(), request.meanwhile());
    }

    private Request<K, V> request(
            K key,
            Supplier<? extends CompletionStage<? extends @Nullable Value<V>>> load,
            Storing<V> storing,
            boolean failSafely,
            WaitGraph.@Nullable Awaited by) {
        return new Request<>(
                key,
                load,
                storing,
                new Patience(),
                Errands.ofCaller(threads),
                new CompletableFuture<>(),
                new CompletableFuture<>(),
                failSafely,
                by);
    }

    private void attempt(Request<K, V> request) {
        try {
            Lease<V> lease = request.patience().lasts() ? rules.ask(request.key()) : null;
            if (lease instanceof Lease.Found<V> found) {
                request.answer().complete(Loaded.found(found.entry()));
            } else if (lease instanceof Lease.Absent<V>) {
                request.answer().complete(Loaded.absent());
            } else if (lease instanceof Lease.Resting<V> resting) {
                request.answer().complete(Loaded.stale(resting.kept(), false));
            } else if (lease instanceof Lease.Granted<V> granted) {
                request.offer(revalidation.during(granted));
                depart(request, granted);
            } else if (lease instanceof Lease.Held<V> held) {
                await(request, held);
            } else {
                callUnguarded(request.load(), request.answer());
            }
        } catch (Throwable e) {
            request.answer().completeExceptionally(e);
        }
    }

    private void await(Request<K, V> request, Lease.Held<V> held) {
        if (!request.meanwhile().isDone()) {
            request.offer(revalidation.duringAnother(request.key()));
        }
        Flight<V> flight = flights.of(held.holder());
        if (flight == null) {
            long pause = request.patience().nextPauseMillis(held.millis());
            if (!request.errands().executeAfter(pause, () -> attempt(request))) {
                callUnguarded(request.load(), request.answer());
            }
            return;
        }
        flight.landing().whenComplete((loaded, failure) -> {
            if (failure == null && flight.answers(loaded, request.patience().start())) {
                request.answer().complete(loaded.joined());
            } else if (failure == null) {
                again(request);
            } else {
                request.answer().completeExceptionally(Failures.unwrap(failure));
            }
        });
    }

    /** What others have loaded may have been out of date when this request came. */
    private void again(Request<K, V> request) {
        if (!request.errands().executeAfter(0, () -> attempt(request))) {
            callUnguarded(request.load(), request.answer());
        }
    }

    private void depart(Request<K, V> request, Lease.Granted<V> granted) {
        Flight<V> flight;
        try {
            flight = flights.depart(request.key(), granted, request.by());
        } catch (RejectedExecutionException e) { // the manager is being closed, and the lease was given back
            callUnguarded(request.load(), request.answer());
            return;
        }
        fly(request, flight, granted);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the request's own answer tells every outcome
    private void fly(Request<K, V> request, Flight<V> flight, Lease.Granted<V> granted) {
        flight.landing().whenComplete((loaded, failure) -> pass(loaded, failure, request.answer()));
        try {
            granted.telling().run();
            request.storing().begins(granted.kept());
        } catch (Throwable e) { // of a listener
            crash(request, flight, granted, e);
            return;
        }
        call(request.load())
                .whenCompleteAsync(
                        (value, failure) -> {
                            if (failure == null) {
                                land(request, flight, granted, value);
                            } else {
                                crash(request, flight, granted, failure);
                            }
                        },
                        request.errands());
    }

    private void land(Request<K, V> request, Flight<V> flight, Lease.Granted<V> granted, @Nullable Value<V> value) {
        try {
            failSafe.worked();
            flights.land(flight, rules.store(request.key(), granted, value, request.storing()));
        } catch (Throwable e) {
            request.answer().completeExceptionally(e); // the load has worked: what cannot be stored is told
            flights.crash(request.key(), flight, granted, e, failSafe, false);
        }
    }

    private void crash(Request<K, V> request, Flight<V> flight, Lease.Granted<V> granted, Throwable failure) {
        if (!request.failSafely()) {
            request.answer().completeExceptionally(Failures.unwrap(failure));
        }
        flights.crash(request.key(), flight, granted, Failures.unwrap(failure), failSafe, request.failSafely());
    }

    CompletionStage<Loaded<V>> reload(
            K key, Supplier<? extends CompletionStage<? extends @Nullable Value<V>>> load, Storing<V> storing) {
        Request<K, V> request = request(key, load, storing, false, null);
        try {
            Lease<V> lease = rules.ask(key);
            if (lease instanceof Lease.Granted<V> granted) {
                depart(request, granted);
            } else {
                replace(request, rules.standing(lease));
            }
        } catch (Throwable e) {
            request.answer().completeExceptionally(e);
        }
        return request.answer();
    }

    private void replace(Request<K, V> request, LoadCoordinator.@Nullable Standing<V> standing) {
        if (standing == null) {
            callUnguarded(request.load(), request.answer());
            return;
        }
        request.storing().begins(standing.entry());
        call(request.load())
                .handleAsync((value, failure) -> settle(request, standing, value, failure), request.errands())
                .whenComplete((loaded, failure) -> pass(loaded, failure, request.answer()));
    }

    private Loaded<V> settle(
            Request<K, V> request,
            LoadCoordinator.Standing<V> standing,
            @Nullable Value<V> value,
            @Nullable Throwable failure) {
        if (failure == null) {
            return rules.store(request.key(), standing, value, request.storing());
        }
        throw new CompletionException(Failures.unwrap(failure));
    }

    private void callUnguarded(
            Supplier<? extends CompletionStage<? extends @Nullable Value<V>>> load,
            CompletableFuture<Loaded<V>> answer) {
        call(load).whenComplete((value, failure) -> pass(Loaded.unguarded(value), failure, answer));
    }

    /** Calls the load; what it throws instead of answering comes out of the stage. */
    private CompletionStage<? extends @Nullable Value<V>> call(
            Supplier<? extends CompletionStage<? extends @Nullable Value<V>>> load) {
        long start = System.nanoTime();
        try {
            return load.get().whenComplete((value, failure) -> rules.loaded(System.nanoTime() - start, failure));
        } catch (Throwable e) {
            rules.loaded(System.nanoTime() - start, e);
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Tells the answer what a stage came to. */
    static <V> void pass(@Nullable Loaded<V> loaded, @Nullable Throwable failure, CompletableFuture<Loaded<V>> answer) {
        if (failure == null && loaded != null) {
            answer.complete(loaded);
        } else if (failure != null) {
            answer.completeExceptionally(Failures.unwrap(failure));
        }
    }
}
