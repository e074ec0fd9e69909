package io.nearfar.sample.signin;

import io.nearfar.sample.people.Profile;
import io.nearfar.sample.people.Profiles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;

/** The people of the demonstration: everyone's password is the name they sign in with. */
@ApplicationScoped
public class DemoPeople implements IdentityStore {
    @Inject
    Profiles profiles;

    /** Accepts a known name whose password equals it. */
    public CredentialValidationResult validate(UsernamePasswordCredential credential) {
        Profile profile = profiles.profile(credential.getCaller());
        if (profile == null || !credential.compareTo(profile.person(), profile.person())) {
            return CredentialValidationResult.INVALID_RESULT;
        }
        return new CredentialValidationResult(profile.person(), profile.roles());
    }
}
