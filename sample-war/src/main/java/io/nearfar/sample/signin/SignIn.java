package io.nearfar.sample.signin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.security.enterprise.credential.BasicAuthenticationCredential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult.Status;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/** Recognises a person by the session's cookie or, for scripts, by HTTP Basic; everybody else stays anonymous. */
@ApplicationScoped
public class SignIn implements HttpAuthenticationMechanism {
    private static final String BASIC = "Basic ";

    @Inject
    Sessions sessions;

    @Inject
    IdentityStoreHandler people;

    @Override
    public AuthenticationStatus validateRequest(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        Session session = session(request);
        if (session != null) {
            return context.notifyContainerAboutLogin(session.person(), session.roles());
        }
        String header = request.getHeader("Authorization");
        if (header != null && header.startsWith(BASIC)) {
            return basic(header.substring(BASIC.length()), context);
        }
        return context.doNothing();
    }

    private AuthenticationStatus basic(String encoded, HttpMessageContext context) {
        var sent = new BasicAuthenticationCredential(encoded);
        var known = people.validate(new UsernamePasswordCredential(sent.getCaller(), sent.getPassword()));
        return known.getStatus() == Status.VALID
                ? context.notifyContainerAboutLogin(known)
                : context.responseUnauthorized();
    }

    private @Nullable Session session(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies == null) {
            return null;
        }
        for (Cookie cookie : cookies) {
            if (cookie.getName().equals(Sessions.COOKIE)) {
                return sessions.find(cookie.getValue());
            }
        }
        return null;
    }
}
