package io.nearfar.cdi.web.response;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request as far as kept responses go by it, whoever tells of it. */
interface Asked {
    /** Returns its method, such as {@code GET}. */
    String method();

    /** Returns the value of a header, or null if it has none of that name. */
    @Nullable
    String header(String name);

    /** Tells whether it has a body. */
    boolean hasBody();

    /** Returns the name of who sends it, or null if nobody knows. */
    @Nullable
    String principal();

    /** Tells whether it says who sends it, or somebody has found out. */
    boolean isAuthorized();

    /** Returns the path as it is written. */
    String path();

    /** Returns the query as it is written, or null if there is none. */
    @Nullable
    String query();

    /** Returns the values of a parameter of the query. */
    List<String> parameters(String name);

    /** Returns scheme and host, to which it was sent. */
    String origin();
}
