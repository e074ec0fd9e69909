package io.nearfar.cdi.annotation;

/** By what the requests under a {@link RateLimited} are told apart: each has all permits of the limit for itself. */
public enum LimitKey {
    /**
     * By the principal if one was authenticated, else by the client's address; where neither is known, as in a program
     * without requests, all share one count.
     */
    CALLER,
    /** By nothing: all share one count. */
    ALL,
    /** By the principal. Those who were not authenticated share one count. */
    PRINCIPAL,
    /** By the client's address. Where it is not known, all share one count. */
    ADDRESS,
    /** By the header that {@link RateLimited#keyName} names. Requests without it share one count. */
    HEADER,
    /** By the parameter of the path or the query that {@link RateLimited#keyName} names. Requests without it share one count. */
    PARAMETER,
    /**
     * By the argument that {@link RateLimited#keyName} names, or a property of it, as text. Calls in which it is null share one count.
     */
    ARGUMENT
}
