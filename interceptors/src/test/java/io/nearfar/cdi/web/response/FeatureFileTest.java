package io.nearfar.cdi.web.response;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.Feature;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class FeatureFileTest {
    /** Of all in service files that have no priority, RESTEasy takes one; the sample on WildFly shows that it is heard. */
    @Test
    void serviceFile_namesOneFeatureThatRegistersTheOthers() {
        assertThat(ServiceLoader.load(Feature.class).stream()
                        .map(provider -> provider.type().getName())
                        .filter(name -> name.startsWith("io.nearfar.")))
                .containsExactly(ResponseFeature.class.getName());
    }
}
