package io.nearfar.cdi.fragment;

import org.jspecify.annotations.Nullable;

/**
 * Makes a fragment of a page.
 *
 * @param <X> what it throws; none for a lambda that throws nothing
 */
@FunctionalInterface
public interface Render<X extends Exception> {
    /** Returns the fragment, or null if there is nothing to show, which is not kept. */
    @Nullable
    String render() throws X;
}
