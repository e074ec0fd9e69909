package io.nearfar.cdi.matrix;

/** What can be told of a bean that answers, and said to it. */
public interface Counted {
    /** Returns how many calls have reached the bean. */
    int calls();

    /** Says whether calls of which nothing else is said are to fail. */
    void fail(boolean fail);
}
