package io.nearfar.fallback;

/** H2, which keeps what nobody is connected to only if it is told so. */
class H2OutageTableTest extends JdbcOutageTableContract {
    @Override
    String url() {
        return "jdbc:h2:mem:contract;DB_CLOSE_DELAY=-1";
    }

    @Override
    String user() {
        return "sa";
    }
}
