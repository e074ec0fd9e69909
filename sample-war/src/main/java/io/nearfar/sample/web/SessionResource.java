package io.nearfar.sample.web;

import io.nearfar.cdi.annotation.LimitKey;
import io.nearfar.cdi.annotation.RateLimited;
import io.nearfar.sample.origin.Answer;
import io.nearfar.sample.origin.Answers;
import io.nearfar.sample.people.Profile;
import io.nearfar.sample.people.Profiles;
import io.nearfar.sample.signin.Sessions;
import io.nearfar.sample.signin.Visitor;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.NewCookie.SameSite;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Signing in and out. */
@RequestScoped
@Path("session")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class SessionResource {
    @Inject
    Answers answers;

    @Inject
    Sessions sessions;

    @Inject
    Profiles profiles;

    @Inject
    Visitor visitor;

    @Inject
    IdentityStoreHandler people;

    /** Who is signed in: the profile, or no data. */
    @GET
    public Answer<Profile> who() {
        String name = visitor.name();
        return answers.of("profile", () -> name == null ? null : profiles.profile(name));
    }

    /** Passwords are not to be guessed. */
    @POST
    @RateLimited(name = "sign-ins", limit = 10, window = "1m", key = LimitKey.ADDRESS)
    public Response signIn(@NotNull @Valid Credentials credentials) {
        CredentialValidationResult result =
                people.validate(new UsernamePasswordCredential(credentials.person(), credentials.password()));
        if (result.getStatus() != CredentialValidationResult.Status.VALID) {
            throw new NotAuthorizedException("No such person, or not their password.", "Session");
        }
        String person = result.getCallerPrincipal().getName();
        String token = sessions.begin(person, result.getCallerGroups());
        return Response.ok(answers.of("profile", () -> profiles.profile(person)))
                .cookie(cookie(token, NewCookie.DEFAULT_MAX_AGE))
                .build();
    }

    @DELETE
    public Response signOut(@Nullable @CookieParam(Sessions.COOKIE) String token) {
        if (token != null) {
            sessions.end(token);
        }
        return Response.noContent().cookie(cookie("", 0)).build();
    }

    private static NewCookie cookie(String token, int maxAge) {
        return new NewCookie.Builder(Sessions.COOKIE)
                .value(token)
                .path("/")
                .maxAge(maxAge)
                .httpOnly(true)
                .sameSite(SameSite.STRICT)
                .build();
    }
}
