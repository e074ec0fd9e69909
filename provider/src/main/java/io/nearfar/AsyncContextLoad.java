package io.nearfar;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A load that answers with a stage and may say how its result is to be stored.
 *
 * @param <V> the type of the values
 */
@FunctionalInterface
public interface AsyncContextLoad<V> {
    /**
     * Returns the stage of the value; it completes with null if there is none to store.
     *
     * @param context takes the options of the entry until the stage completes, in any thread
     */
    CompletionStage<? extends @Nullable V> load(LoadContext context);

    /** Like {@link ContextLoad#mayRunLater}. */
    default boolean mayRunLater() {
        return true;
    }
}
