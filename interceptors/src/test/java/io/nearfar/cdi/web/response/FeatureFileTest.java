package io.nearfar.cdi.web.response;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.Feature;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;
import org.junit.jupiter.api.Test;

class FeatureFileTest {
    /** Of all in service files that have no priority, RESTEasy takes one; the sample on WildFly shows that it is heard. */
    @Test
    void serviceFile_namesOneFeatureThatRegistersTheOthers() {
        assertThat(ServiceLoader.load(Feature.class).stream()
                        .map(Provider::type)
                        .filter(type -> type.getName().startsWith("io.nearfar.")))
                .<Class<?>>containsExactly(ResponseFeature.class);
    }
}
