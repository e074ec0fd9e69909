package io.nearfar.fallback;

import org.jspecify.annotations.Nullable;

/** Apache Derby in the memory of this process. */
class DerbyOutageTableTest extends JdbcOutageTableContract {
    static {
        System.setProperty("derby.stream.error.file", "target/derby.log");
    }

    @Override
    String url() {
        return "jdbc:derby:memory:contract;create=true";
    }

    @Override
    @Nullable
    String user() {
        return null;
    }
}
