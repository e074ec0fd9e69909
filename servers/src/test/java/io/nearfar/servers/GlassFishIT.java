package io.nearfar.servers;

import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Run under the profile servers. */
class GlassFishIT extends ServerChecks {
    GlassFishIT() {
        super(new GlassFish());
    }

    @Disabled("GlassFish keeps all former applications, also those without Nearfar")
    @ParameterizedTest
    @EnumSource
    @Override
    void redeployments_ofAnApplicationThatClosesNothing_leaveNothing(Place place) throws Exception {
        super.redeployments_ofAnApplicationThatClosesNothing_leaveNothing(place);
    }
}
