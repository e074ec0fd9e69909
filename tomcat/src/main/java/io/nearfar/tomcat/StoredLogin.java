package io.nearfar.tomcat;

import java.io.Serializable;
import java.util.List;
import org.apache.catalina.Session;
import org.apache.catalina.realm.GenericPrincipal;
import org.jspecify.annotations.Nullable;

/**
 * Who is signed in to a session; never a password.
 *
 * @param user the name
 * @param roles what the person may do, as the realm has said
 * @param type how the person has signed in, as {@code FORM}
 */
public record StoredLogin(
        String user, List<String> roles, @Nullable String type) implements Serializable {
    /** Returns that of a session; null if nobody is signed in. */
    static @Nullable StoredLogin of(Session session) {
        if (session.getPrincipal() == null) {
            return null;
        }
        List<String> roles = session.getPrincipal() instanceof GenericPrincipal principal
                ? List.of(principal.getRoles())
                : List.of();
        return new StoredLogin(session.getPrincipal().getName(), roles, session.getAuthType());
    }

    /** Returns the person as Tomcat's realms have them. */
    GenericPrincipal principal() {
        return new GenericPrincipal(user, roles);
    }
}
