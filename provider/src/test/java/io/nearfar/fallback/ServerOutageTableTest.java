package io.nearfar.fallback;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A database that somebody has started, whose driver is on the class path. */
@EnabledIfSystemProperty(named = ServerOutageTableTest.PROPERTY, matches = "jdbc:.*")
class ServerOutageTableTest extends JdbcOutageTableContract {
    static final String PROPERTY = "test.jdbc.url";

    @Override
    String url() {
        return System.getProperty(PROPERTY, "");
    }

    @Override
    @Nullable
    String user() {
        return System.getProperty("test.jdbc.user");
    }

    @Override
    @Nullable
    String password() {
        return System.getProperty("test.jdbc.password");
    }
}
