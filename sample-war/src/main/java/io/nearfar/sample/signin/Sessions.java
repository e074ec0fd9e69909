package io.nearfar.sample.signin;

import io.nearfar.cdi.annotation.NamedCache;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/** The sessions of all nodes, by a token that nobody can guess. They end with the cache's time-to-live. */
@ApplicationScoped
public class Sessions {
    /** The cookie that carries the token. */
    public static final String COOKIE = "gazetteer";

    private static final int TOKEN_BYTES = 24;

    private final SecureRandom random = new SecureRandom();

    @Inject
    @NamedCache("sessions")
    Cache<String, Session> sessions;

    /** Begins a session and returns its token. */
    public String begin(String person, Set<String> roles) {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        sessions.put(token, new Session(person, Set.copyOf(roles)));
        return token;
    }

    /** The session of a token; null if it ended or never was. */
    @Nullable
    Session find(String token) {
        return sessions.get(token);
    }

    /** Ends a session on all nodes. */
    public void end(String token) {
        sessions.remove(token);
    }
}
