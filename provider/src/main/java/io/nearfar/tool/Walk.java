package io.nearfar.tool;

import io.nearfar.InvalidationPace;
import io.nearfar.PatternInvalidation;
import io.nearfar.far.VisitedCache;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/** A walk over the keys of a cache that removes entries, and tells how far it has come. */
final class Walk {
    private final PatternInvalidation walk;
    private final Console console;

    private Walk(PatternInvalidation walk, Console console) {
        this.walk = walk;
        this.console = console;
    }

    /** Begins to end what a text speaks of. */
    @FunctionalInterface
    interface Start {
        PatternInvalidation of(VisitedCache cache, String text, boolean soft, InvalidationPace pace);
    }

    /**
     * Returns the work that a request asks for.
     *
     * @throws ToolException if it names several texts, which a shell has perhaps made of a bare star, or an empty one, which
     *     may have been a variable that is not set
     */
    static Function<VisitedCache, Report> by(Start start, Request request, Console console) {
        if (request.words().size() > request.command().fewest()) {
            throw ToolException.usage("One prefix or pattern at a time; write a pattern in quotation marks, so that the"
                    + " shell leaves it as it is");
        }
        String text = request.word(2);
        if (text.isEmpty()) {
            throw ToolException.usage("It is empty. All entries of a cache are ended by "
                    + Commands.named("clear").usage());
        }
        InvalidationPace pace = InvalidationPace.DEFAULT.withKeysPerSecond(request.number(Option.RATE, Long.MAX_VALUE));
        boolean soft = request.has(Option.SOFT);
        return cache -> new Walk(started(() -> start.of(cache, text, soft, pace)), console).report();
    }

    /** Waits for the end of a walk. */
    static void await(PatternInvalidation walk, Console console) {
        new Walk(walk, console).await(walk.done().toCompletableFuture());
    }

    private static PatternInvalidation started(Supplier<PatternInvalidation> start) {
        try {
            return start.get();
        } catch (IllegalArgumentException e) {
            throw ToolException.usage(String.valueOf(e.getMessage()));
        }
    }

    private Report report() {
        await(walk.done().toCompletableFuture());
        return new Report()
                .with("pattern", walk.pattern())
                .with("looked", walk.looked())
                .with("removed", walk.removed());
    }

    private void await(CompletableFuture<Long> done) {
        while (true) {
            try {
                done.get(1, TimeUnit.SECONDS);
                return;
            } catch (TimeoutException e) {
                console.progress(soFar());
            } catch (InterruptedException e) {
                walk.cancel();
                Thread.currentThread().interrupt();
                throw new ToolException(Outcome.BROKEN, "Interrupted: " + soFar());
            } catch (ExecutionException e) {
                throw brokenOff(e.getCause() == null ? e : e.getCause());
            }
        }
    }

    private String soFar() {
        return Amounts.count(walk.looked()) + " keys looked at, " + Amounts.count(walk.removed()) + " entries removed";
    }

    private ToolException brokenOff(Throwable why) {
        return new ToolException(Tool.outcome(why), soFar() + ", others may be there as before: " + why.getMessage());
    }
}
