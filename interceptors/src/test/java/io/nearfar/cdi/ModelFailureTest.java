package io.nearfar.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.cdi.ModelShop.Person;
import io.nearfar.cdi.ModelShop.Town;
import io.nearfar.cdi.model.ModelEvents;
import io.nearfar.cdi.nodes.LocalRedis;
import io.nearfar.cdi.testing.ErrorLines;
import io.nearfar.cdi.testing.Jpa.Vendor;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityTransaction;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Changes of entities that cannot end anything: they are committed all the same. */
@Timeout(180)
class ModelFailureTest {
    private static final String CITY = "select city from person where id = 1";

    @RegisterExtension
    final ErrorLines lines = new ErrorLines();

    @Test
    void applicationThatEnds_failsNoTransaction_andIsTold() throws Exception {
        try (ModelShop shop = ModelShop.open(Vendor.ECLIPSELINK)) {
            shop.reset();
            ModelEvents events = shop.events();
            shop.jta().inJta(true, entities -> {
                entities.find(Person.class, 1).moveTo("Wien");
                entities.flush();
                shop.application().close();
            });
            events.changed(Town.class);

            assertThat(lines.text()).contains("NF0862", "The application is being stopped");
            assertThat(shop.jta().ask(CITY)).isEqualTo("Wien");
        }
    }

    /** Caches of the two policies, whose server dies. */
    @Test
    void outage_failsNoTransaction_andACacheThatFailsClosedIsTold() throws Exception {
        LocalRedis server = LocalRedis.start();
        System.setProperty("nearfar.address", server.address());
        System.setProperty("nearfar.deadline", "3s");
        System.setProperty("nearfar.connect-timeout", "9s");
        System.setProperty("nearfar.cache.people.outage", "closed");
        System.setProperty("nearfar.max-stale", "10m");
        try (ModelShop shop = ModelShop.open(Vendor.HIBERNATE)) {
            shop.reset();
            assertThat(shop.cache("feeds").get("2")).isEmpty();
            server.close();

            shop.jta().inJta(true, entities -> entities.find(Person.class, 1).moveTo("Wien"));
            EntityManager entities = shop.local().units().createEntityManager();
            EntityTransaction transaction = shop.events().following(entities.getTransaction());
            transaction.begin();
            entities.find(Person.class, 1).moveTo("Wien");
            transaction.commit();
            entities.close();

            assertThat(shop.jta().ask(CITY)).isEqualTo("Wien");
            assertThat(shop.local().ask(CITY)).isEqualTo("Wien");
            assertThat(lines.text().lines().filter(line -> line.contains("NF0862")))
                    .hasSize(1);
            assertThat(lines.text()).contains(FarTierUnavailableException.class.getName());
            assertThatThrownBy(() -> shop.cache("people").get("Paris")).isInstanceOf(FarTierUnavailableException.class);
            assertThat(shop.cache("feeds").get("1")).isNull();
            assertThat(shop.cache("feeds").get("2")).isEmpty();
        } finally {
            List.of("address", "deadline", "connect-timeout", "cache.people.outage", "max-stale")
                    .forEach(part -> System.clearProperty("nearfar." + part));
            server.close();
        }
    }
}
