package io.nearfar.sample.plan;

import io.nearfar.Limit;
import io.nearfar.cdi.annotation.LimitTierResolver;
import io.nearfar.cdi.annotation.LimitedCall;
import io.nearfar.sample.signin.Roles;
import jakarta.enterprise.context.ApplicationScoped;

/** What is declared holds for everybody, signed in or not; with a premium plan there is five times as much. */
@ApplicationScoped
public class Plans implements LimitTierResolver {
    private static final long PREMIUM = 5;

    /** Under the declared name, so that who changes the plan keeps what was counted. */
    @Override
    public Limit limit(LimitedCall call, Limit declared) {
        return call.request().isInRole(Roles.PREMIUM) ? declared.withPermits(PREMIUM * declared.permits()) : declared;
    }

    /** So a filter can decide before the request is read. */
    @Override
    public boolean readsArguments() {
        return false;
    }
}
