package io.nearfar.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nearfar.EntryOptions;
import io.nearfar.cdi.ModelShop.Country;
import io.nearfar.cdi.ModelShop.Person;
import io.nearfar.cdi.ModelShop.Registry;
import io.nearfar.cdi.ModelShop.Town;
import io.nearfar.cdi.nodes.LocalRedis;
import io.nearfar.cdi.testing.ErrorLines;
import io.nearfar.cdi.testing.Jpa;
import io.nearfar.cdi.testing.Jpa.Vendor;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityTransaction;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What changes of JPA entities end, and when, with a server and a transaction manager: the same for each JPA provider. */
@Timeout(180)
abstract class ModelEventsTest {
    private static final List<String> SETTINGS =
            List.of("nearfar.address", "nearfar.deadline", "nearfar.connect-timeout");

    private static LocalRedis server;
    private static ModelShop shop;

    @RegisterExtension
    final ErrorLines lines = new ErrorLines();

    static void open(Vendor vendor) throws IOException, SQLException {
        server = LocalRedis.start();
        System.setProperty("nearfar.address", server.address());
        System.setProperty("nearfar.deadline", "9s");
        System.setProperty("nearfar.connect-timeout", "9s");
        shop = ModelShop.open(vendor);
    }

    @AfterAll
    static void close() throws IOException, SQLException {
        shop.close();
        SETTINGS.forEach(System::clearProperty);
        server.close();
    }

    @BeforeEach
    void reset() throws SQLException {
        shop.reset();
    }

    private static void inJta(Jpa.Work work) throws Exception {
        shop.jta().inJta(true, work);
    }

    private static Person person(EntityManager entities, int id) {
        return entities.find(Person.class, id);
    }

    @Test
    void update_endsWhatWasAndWhatIs_whenItIsCommitted() throws Exception {
        inJta(entities -> {
            person(entities, 1).moveTo("Wien");
            entities.flush();
            assertThat(shop.present(1, "Bern", "Wien", "Rom")).isEqualTo("Bern Wien Rom person key feed friends");
        });

        assertThat(shop.present(1, "Bern", "Wien", "Rom")).isEqualTo("Rom ");
        assertThat(shop.present(2)).isEqualTo("person key feed friends");
    }

    @Test
    void severalUpdates_ofOneObject_endAllThatItWas() throws Exception {
        inJta(entities -> {
            Person person = person(entities, 1);
            for (String city : List.of("Wien", "Rom")) {
                person.moveTo(city);
                entities.flush();
            }
        });

        assertThat(shop.places("Bern", "Wien", "Rom", "Oslo")).isEqualTo("Oslo ");
    }

    @Test
    void update_ofAnAssociation_endsWhatWasAndWhatIs() throws Exception {
        inJta(entities -> entities.find(Town.class, 1).moveTo(entities.getReference(Country.class, "at")));
        assertThat(shop.places("Schweiz", "Austria", "Italia")).isEqualTo("Italia ");

        shop.reset();
        inJta(entities -> entities.find(Town.class, 1).moveTo(null));
        assertThat(shop.places("Schweiz", "Austria", "Italia")).isEqualTo("Austria Italia ");
    }

    @Test
    void rollback_endsNothing() throws Exception {
        shop.jta().inJta(false, entities -> {
            person(entities, 1).moveTo("Wien");
            entities.remove(person(entities, 2));
            entities.flush();
            shop.events().changed(Person.class);
        });

        assertThat(shop.present(1, "Bern", "Wien")).isEqualTo("Bern Wien person key feed friends");
        assertThat(shop.present(2)).isEqualTo("person key feed friends");
    }

    @Test
    void persistAndRemove_endWhatIsNamed() throws Exception {
        shop.cache("people").put("p5", "", EntryOptions.NONE.withTags("person:5"));
        inJta(entities -> {
            entities.persist(new Person(5, "Oslo"));
            entities.remove(person(entities, 3));
        });

        assertThat(shop.present(5, "Oslo")).isEmpty();
        assertThat(shop.present(3, "Wien", "Bern")).isEqualTo("Bern ");
    }

    @Test
    void merged_endsWhatWasAndWhatIs() throws Exception {
        inJta(entities -> entities.merge(new Person(4, "Oslo")));

        assertThat(shop.present(4, "Rom", "Oslo", "Bern")).isEqualTo("Bern ");
    }

    private static long messagesOf(Jpa.Work work) throws Exception {
        long before = server.calls("publish");
        inJta(work);
        return server.calls("publish") - before;
    }

    @Test
    void tenChanges_ofOneTransaction_areOneInvalidation() throws Exception {
        inJta(entities -> entities.find(Town.class, 10).grow()); // the first of all tags may be told in more messages
        long ofOne = messagesOf(entities -> entities.find(Town.class, 1).grow());
        long ofTen = messagesOf(entities -> {
            for (int id = 1; id <= 10; id++) {
                entities.find(Town.class, id).grow();
                entities.flush();
            }
        });

        assertThat(ofTen).isEqualTo(ofOne).isPositive();
    }

    @Test
    void changesOfSeveralTags_inOneTransaction_areOneInvalidation() throws Exception {
        List<String> tags = List.of("country:Schweiz", "country:Austria", "country:Italia");
        shop.cache("people").invalidateTags(tags); // the first of all may be told in more messages
        long before = server.calls("publish");
        shop.cache("people").invalidateTags(tags);
        long together = server.calls("publish") - before;
        before = server.calls("publish");
        tags.forEach(tag -> shop.cache("people").invalidateTag(tag));
        assertThat(server.calls("publish") - before).as("one by one").isGreaterThan(together);
        shop.reset();

        long ofTransaction = messagesOf(entities -> {
            entities.find(Town.class, 1).moveTo(entities.getReference(Country.class, "at"));
            entities.flush();
            entities.find(Town.class, 1).moveTo(entities.getReference(Country.class, "it"));
            entities.flush();
        });

        assertThat(shop.places("Schweiz", "Austria", "Italia")).isEmpty();
        assertThat(ofTransaction).isEqualTo(together);
    }

    @Test
    void transactionOfItsOwn_withinAnother_endsForItselfAlone() throws Exception {
        shop.jta().inJta(false, outer -> {
            person(outer, 1).moveTo("Wien");
            outer.flush();
            inJta(inner -> person(inner, 4).moveTo("Oslo"));
            assertThat(shop.present(4, "Rom", "Oslo")).isEmpty();
        });
        assertThat(shop.present(1, "Bern", "Wien")).isEqualTo("Bern Wien person key feed friends");

        shop.reset();
        inJta(outer -> {
            person(outer, 1).moveTo("Wien");
            outer.flush();
            shop.jta().inJta(false, inner -> {
                person(inner, 4).moveTo("Oslo");
                inner.flush();
            });
        });
        assertThat(shop.present(1, "Bern", "Wien")).isEmpty();
        assertThat(shop.present(4, "Rom", "Oslo")).isEqualTo("Rom Oslo person key feed friends");
    }

    @Test
    void bulkStatements_thatAreTold_endAllOfTheirCaches() throws Exception {
        inJta(entities -> {
            entities.createQuery("update Person p set p.city = 'Rom'").executeUpdate();
            assertThat(shop.present(1, "Bern")).isEqualTo("Bern person key feed friends");
            shop.events().changed(Person.class);
            assertThat(shop.present(1, "Bern")).isEqualTo("Bern person key feed friends");
        });
        assertThat(shop.present(1, "Bern", "Wien", "Austria")).isEmpty();
        assertThat(shop.present(4, "Oslo")).isEmpty();

        shop.reset();
        inJta(entities -> {
            entities.createQuery("delete from Town t where t.id > 5").executeUpdate();
            shop.events().changed(Town.class);
        });
        assertThat(shop.present(1, "Bern", "Austria")).isEqualTo("key feed friends");
    }

    @Test
    void changedObject_isFiredAtOnce_withoutATransaction() {
        shop.events().changed(new Person(4, "Rom"));

        assertThat(shop.present(4, "Rom", "Bern")).isEqualTo("Bern ");
        assertThat(shop.present(1)).isEqualTo("person key feed friends");
        assertThatThrownBy(() -> shop.events().changed("no entity"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("@InvalidatesCache");
    }

    @Test
    void attributeThatCannotBeRead_endsAllOfTheCache_andFailsNothing() throws Exception {
        inJta(entities -> person(entities, 1).moveTo("nowhere"));

        assertThat(shop.present(2, "Oslo")).isEqualTo("key feed friends");
        assertThat(shop.present(1)).isEmpty();
        assertThat(lines.text()).contains("NF0864", "Person");
        assertThat(shop.jta().ask("select city from person where id = 1")).isEqualTo("nowhere");
    }

    @Test
    void transaction_thatNobodyTellsOf_endsAtOnce_andIsTold() throws Exception {
        Registry.refuses = true;
        try {
            inJta(entities -> {
                person(entities, 1).moveTo("Wien");
                entities.flush();
                assertThat(shop.present(1, "Bern", "Wien")).isEmpty();
            });
        } finally {
            Registry.refuses = false;
        }
        assertThat(lines.text()).contains("NF0866");
    }

    /** Moves the first person in a followed transaction. */
    private static void locally(Consumer<EntityTransaction> end) {
        EntityManager entities = shop.local().units().createEntityManager();
        EntityTransaction transaction = shop.events().following(entities.getTransaction());
        transaction.begin();
        person(entities, 1).moveTo("Wien");
        entities.flush();
        assertThat(shop.present(1, "Bern", "Wien")).isEqualTo("Bern Wien person key feed friends");
        end.accept(transaction);
        entities.close();
    }

    @Test
    void followedTransaction_endsAtItsCommit_andNothingIfRolledBack() {
        locally(EntityTransaction::rollback);
        assertThat(shop.present(1, "Bern", "Wien")).isEqualTo("Bern Wien person key feed friends");

        locally(EntityTransaction::commit);
        assertThat(shop.present(1, "Bern", "Wien", "Rom")).isEqualTo("Rom ");
        assertThat(lines.text()).doesNotContain("NF086");
    }

    @Test
    void followedTransaction_whileOneOfJtaIsRolledBack_endsAtItsOwnCommit() throws Exception {
        shop.jta().inJta(false, entities -> {
            person(entities, 4).moveTo("Oslo");
            entities.flush();
            locally(EntityTransaction::commit);
        });

        assertThat(shop.present(1, "Bern", "Wien")).isEmpty();
    }

    private static void inAnotherThread(Runnable work) {
        Thread other = new Thread(work);
        other.start();
        try {
            other.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void followedTransaction_thatAnotherThreadEnds_keepsNothingBack() {
        locally(transaction -> inAnotherThread(transaction::commit));
        assertThat(shop.present(1, "Bern", "Wien")).isEmpty();

        shop.events().changed(new Person(4, "Rom"));
        assertThat(shop.present(4, "Rom")).isEmpty();
    }

    @Test
    void followedTransaction_thatEndedUnseen_isMadeUpForByTheNext() {
        EntityManager entities = shop.local().units().createEntityManager();
        EntityTransaction transaction = shop.events().following(entities.getTransaction());
        transaction.begin();
        person(entities, 1).moveTo("Wien");
        entities.flush();
        entities.getTransaction().commit();
        assertThat(shop.present(1, "Bern", "Wien")).isEqualTo("Bern Wien person key feed friends");

        transaction.begin();
        transaction.rollback();
        entities.close();

        assertThat(shop.present(1, "Bern", "Wien")).isEmpty();
    }

    @Test
    void unfollowedTransaction_endsAtTheFlush_andIsTold() {
        EntityManager entities = shop.local().units().createEntityManager();
        entities.getTransaction().begin();
        person(entities, 1).moveTo("Wien");
        person(entities, 2).moveTo("Wien");
        entities.flush();

        assertThat(shop.present(1, "Bern", "Wien", "Rom")).isEqualTo("Rom ");
        assertThat(lines.text().lines().filter(line -> line.contains("NF0861")))
                .singleElement()
                .asString()
                .contains("Person", "ModelEvents.following");
        entities.getTransaction().rollback();
        entities.close();
    }
}
