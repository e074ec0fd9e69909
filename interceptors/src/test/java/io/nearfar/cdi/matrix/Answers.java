package io.nearfar.cdi.matrix;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What beans of the matrix answer: no two calls alike.
 *
 * @param <R> a text, or a stage of one
 */
public abstract class Answers<R> implements Counted {
    private final AtomicInteger calls = new AtomicInteger();
    private volatile boolean fails;

    /** Answers a call, or fails in one of two ways; nobody's annotation stands here. */
    public abstract R made(String id, int kind);

    @Override
    public int calls() {
        return calls.get();
    }

    @Override
    public void fail(boolean fail) {
        fails = fail;
    }

    private String text(String id, int kind) {
        int call = calls.incrementAndGet();
        Spies.fail(fails ? 1 : kind);
        return id + " " + call;
    }

    /** Answers and throws at once. */
    public abstract static class AtOnce extends Answers<String> {
        @Override
        public String made(String id, int kind) {
            return super.text(id, kind);
        }
    }

    /** Answers by a stage, and throws nothing. */
    public abstract static class Later extends Answers<CompletionStage<String>> {
        @Override
        public CompletionStage<String> made(String id, int kind) {
            try {
                return CompletableFuture.completedStage(super.text(id, kind));
            } catch (IllegalStateException | IllegalArgumentException e) {
                return CompletableFuture.failedStage(e);
            }
        }
    }

    /** Something that answers, or a stage that does. */
    interface Call {
        Object made() throws Exception;
    }

    /** Returns the text of an answer; throws what it failed with. */
    static String text(Call call) throws Exception {
        Object answer = call.made();
        if (!(answer instanceof CompletionStage<?> stage)) {
            return String.valueOf(answer);
        }
        try {
            return String.valueOf(stage.toCompletableFuture().get(30, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /** Tells whether a call fails, at once or by its stage. */
    static boolean fails(Call call) {
        return Beans.fails(() -> text(call));
    }

    /** Returns how many of so many calls pass. */
    static int passes(int times, Call call) {
        return Beans.passes(times, () -> text(call));
    }

    /** Tells whether two calls are answered alike, and one of them reached the bean. */
    static boolean once(Counted bean, Call call) throws Exception {
        int before = bean.calls();
        return text(call).equals(text(call)) && bean.calls() == before + 1;
    }

    /** Returns how many of two calls, both of which fail, reach the bean; -1 if one does not fail. */
    static int reached(Counted bean, Call call) {
        int before = bean.calls();
        return passes(2, call) == 0 ? bean.calls() - before : -1;
    }
}
