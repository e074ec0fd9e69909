package io.nearfar.entry.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.config.TrustPolicy;
import io.nearfar.entry.TestSettings;
import io.nearfar.entry.codec.CacheTypes;
import io.nearfar.entry.codec.ObjectBytes;
import org.junit.jupiter.api.Test;

class JdkPlansTest {
    private final ObjectBytes bytes = new ObjectBytes(
            TestSettings.trusting(TrustPolicy.DECLARED),
            CacheTypes.of(Object.class, getClass().getClassLoader()),
            "a value",
            () -> {});

    @Test
    void everyClassWithAPlan_existsAndIsTrustedEverywhere() throws Exception {
        for (String name : JdkPlans.names()) {
            Class<?> type = Class.forName(name);
            boolean writtenAsSomethingElse = name.startsWith("java.util.ImmutableCollections$");
            assertThat(bytes.isTrusted(type)).as(name).isEqualTo(!writtenAsSomethingElse);
        }
    }
}
