package io.nearfar;

/**
 * What a load can say of the entry that its result becomes. Handed to a {@link ContextLoad}, and of use during that call
 * alone and in its thread; or to an {@link AsyncContextLoad}, and of use until its stage completes.
 */
public interface LoadContext {
    /**
     * Sets the options with which the result is stored; a second call replaces what the first has set. Without a call the
     * result is stored with {@link EntryOptions#NONE}.
     *
     * @throws NullPointerException if {@code options} is null
     */
    void setOptions(EntryOptions options);
}
