package io.nearfar.cdi.request;

import io.nearfar.Decision;
import java.lang.reflect.Method;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the request in which the calling thread is: who sent it, and what it carries. Rate limits are counted by
 * it, and exempt roles are told by it.
 *
 * <p>The bean of this type is asked, in the thread of the caller, before the method is called. A bean of the application
 * comes before our own, which knows requests of JAX-RS and servlets; for messages or a protocol of your own write one:
 * {@code @ApplicationScoped}, with the methods that there is something to say to. Where there is no such bean nothing is
 * known: {@link #NONE}. What cannot be known, or outside of a request, is null; no method throws.
 */
public interface RequestFacts {
    /** Knows nothing. */
    RequestFacts NONE = new RequestFacts() {};

    /** Returns the name of the person or program that was authenticated, or null if none was. */
    default @Nullable String principal() {
        return null;
    }

    /** Tells whether who was authenticated has that role; false if nobody was. */
    default boolean isInRole(String role) {
        return false;
    }

    /**
     * Returns the address of the client as requests are to be counted by it, or null: that behind trusted proxies, an IPv6
     * address by its prefix.
     */
    default @Nullable String address() {
        return null;
    }

    /** Returns the first value of a header, its name in any case, or null if there is none. */
    default @Nullable String header(String name) {
        return null;
    }

    /** Returns the first value of a parameter of the path or, if it has none, of the query; or null. */
    default @Nullable String parameter(String name) {
        return null;
    }

    /**
     * Tells whether this request was already charged for one call of that method, as a filter does that decides before the
     * request is read, and forgets it: a second call within the request is charged again. What the filter has decided holds
     * for all limits of the method.
     *
     * @param method as its class declares it
     */
    default boolean takeCharged(Method method) {
        return false;
    }

    /**
     * Returns who is to be told what is decided about calls within this request, refusals too, so that the response can say
     * what remains. Asked in the thread of the caller; told in any thread, once for each decision, not for calls that were
     * charged before.
     */
    default Consumer<Decision> listener() {
        return decision -> {};
    }
}
