package io.nearfar.fallback;

/** HSQLDB in the memory of this process. */
class HsqldbOutageTableTest extends JdbcOutageTableContract {
    @Override
    String url() {
        return "jdbc:hsqldb:mem:contract";
    }

    @Override
    String user() {
        return "SA";
    }
}
