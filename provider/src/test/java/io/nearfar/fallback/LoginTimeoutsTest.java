package io.nearfar.fallback;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class LoginTimeoutsTest {
    private static Properties of(String url) {
        Properties properties = new Properties();
        LoginTimeouts.put(properties, url, 5_000);
        return properties;
    }

    @Test
    void driver_isToldInItsOwnWordsAndUnits() {
        assertThat(of("jdbc:postgresql://db/shop"))
                .containsExactlyInAnyOrderEntriesOf(Map.of("connectTimeout", "5", "socketTimeout", "5"));
        assertThat(of("jdbc:mysql://db/shop"))
                .containsExactlyInAnyOrderEntriesOf(Map.of("connectTimeout", "5000", "socketTimeout", "5000"));
        assertThat(of("jdbc:sqlserver://db;databaseName=shop"))
                .containsExactlyInAnyOrderEntriesOf(Map.of("loginTimeout", "5", "socketTimeout", "5000"));
        assertThat(of("jdbc:h2:tcp://db/shop")).containsOnlyKeys("NETWORK_TIMEOUT");
    }

    @Test
    void url_thatSaysItItself_counts() {
        assertThat(of("jdbc:postgresql://db/shop?socketTimeout=2")).containsOnlyKeys("connectTimeout");
        assertThat(of("jdbc:h2:tcp://db/shop;network_timeout=900")).isEmpty();
    }

    @Test
    void driver_thatIsNotKnownOrHasNoServer_isToldNothing() {
        assertThat(of("jdbc:acme://db/shop")).isEmpty();
        assertThat(of("jdbc:h2:mem:shop")).isEmpty();
    }
}
