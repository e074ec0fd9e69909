package io.nearfar.tier;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Asks the fallback store about many things, a hundred in one question; fewer from then on if a question was too much for
 * the time that it has, as nobody knows how large the rows are before they come. Used by one thread.
 */
final class Portions<T> {
    private static final int FEWER = 4;

    private final List<T> all;
    private final CallLimit limit;
    private int begun;
    private int most = Batches.MOST;

    /** Creates those of one call, which {@code limit} ends. */
    Portions(Collection<T> all, CallLimit limit) {
        this.all = new ArrayList<>(all);
        this.limit = limit;
    }

    /** A question about some. */
    @FunctionalInterface
    interface Question<T> {
        void about(List<T> some) throws FallbackSilence;
    }

    /**
     * Asks about all.
     *
     * @throws FallbackSilence if the store does not do its part, or not for a single one, or the call has asked for long
     *     enough; {@link #rest} then has those that were not answered
     */
    void ask(Question<T> question) throws FallbackSilence {
        while (begun < all.size()) {
            limit.mustLast();
            List<T> some = all.subList(begun, Math.min(all.size(), begun + most));
            try {
                question.about(some);
                begun += some.size();
            } catch (FallbackSilence e) {
                mustBeFewer(some.size(), e);
            }
        }
    }

    private void mustBeFewer(int asked, FallbackSilence why) throws FallbackSilence {
        if (!why.isRefusal() || asked == 1) {
            throw why;
        }
        most = Math.max(1, asked / FEWER);
    }

    /** Returns those that nobody has been told of yet. */
    List<T> rest() {
        return all.subList(begun, all.size());
    }
}
