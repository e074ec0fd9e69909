package io.nearfar.cdi;

import io.nearfar.cdi.testing.Jpa.Vendor;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;

/** What changes of entities end in Hibernate. */
class HibernateEventsTest extends ModelEventsTest {
    @BeforeAll
    static void open() throws IOException, SQLException {
        open(Vendor.HIBERNATE);
    }
}
