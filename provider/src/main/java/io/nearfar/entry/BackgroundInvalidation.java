package io.nearfar.entry;

import io.nearfar.PatternInvalidation;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** An invalidation of a pattern that nobody waits for, as it is shown to whoever has begun it. */
public final class BackgroundInvalidation implements PatternInvalidation {
    private final String pattern;
    private final KeyWalk walk;
    private final CompletableFuture<Long> done = new CompletableFuture<>();

    /** Creates one whose work has not begun. */
    public BackgroundInvalidation(String pattern, KeyWalk walk) {
        this.pattern = pattern;
        this.walk = walk;
    }

    /** Does the work and tells its end. */
    public void run(Runnable work) {
        try {
            work.run();
            done.complete(walk.removed());
        } catch (Throwable e) {
            done.completeExceptionally(e);
        }
    }

    @Override
    public String pattern() {
        return pattern;
    }

    @Override
    public long looked() {
        return walk.looked();
    }

    @Override
    public long found() {
        return walk.found();
    }

    @Override
    public long removed() {
        return walk.removed();
    }

    @Override
    public void cancel() {
        if (!done.isDone()) {
            walk.cancel();
        }
    }

    @Override
    public boolean isCancelled() {
        return walk.isCancelled();
    }

    @Override
    public CompletionStage<Long> done() {
        return done.minimalCompletionStage();
    }
}
