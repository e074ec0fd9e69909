package io.nearfar.far;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.far.FarEntries.Unanswered;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The same small question about many things, many under way at once. */
final class Survey<T> {
    private static final int UNDER_WAY = 64;

    private final Function<? super T, ReadCall> question;
    private final BiConsumer<? super T, List<Object>> answered;
    private final Unanswered<? super T> unanswered;
    private final Deque<Runnable> underWay = new ArrayDeque<>();

    /** Creates one; each thing it is asked about is told to either {@code answered} or {@code unanswered}. */
    Survey(
            Function<? super T, ReadCall> question,
            BiConsumer<? super T, List<Object>> answered,
            Unanswered<? super T> unanswered) {
        this.question = question;
        this.answered = answered;
        this.unanswered = unanswered;
    }

    /** Asks about all of them and waits for the answers. */
    void ask(Iterable<? extends T> things) {
        for (T thing : things) {
            if (underWay.size() == UNDER_WAY) {
                underWay.remove().run();
            }
            begin(thing);
        }
        underWay.forEach(Runnable::run);
        underWay.clear();
    }

    private void begin(T thing) {
        try {
            ReadCall call = question.apply(thing);
            underWay.add(() -> finish(thing, call));
        } catch (FarTierUnavailableException e) {
            unanswered.tell(thing, e);
        }
    }

    private void finish(T thing, ReadCall call) {
        List<Object> answer;
        try {
            answer = call.reply();
        } catch (FarTierUnavailableException e) {
            unanswered.tell(thing, e);
            return;
        }
        answered.accept(thing, answer);
    }
}
