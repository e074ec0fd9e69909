package io.nearfar.sample.nodes;

import io.nearfar.cdi.status.ReadinessCheck;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** WildFly does not find the checks of libraries that add them by an extension; so the application has one that hands on Nearfar's. */
@Readiness
@ApplicationScoped
public class ReadinessOnWildFly implements HealthCheck {
    @Inject
    @Readiness
    ReadinessCheck nearfar;

    @Override
    public HealthCheckResponse call() {
        return nearfar.call();
    }
}
