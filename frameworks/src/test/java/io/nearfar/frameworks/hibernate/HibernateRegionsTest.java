package io.nearfar.frameworks.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.frameworks.hibernate.Library.Locked;
import io.nearfar.frameworks.hibernate.Library.Loose;
import io.nearfar.frameworks.hibernate.Library.Titled;
import io.nearfar.frameworks.hibernate.Library.Transactional;
import io.nearfar.testing.RealRedis;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two session factories, each a node, share the regions of the second-level cache over one Redis, and a database. */
@Timeout(120)
class HibernateRegionsTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private static final String TIMESTAMPS_FAR = "nearfar.cache.default-update-timestamps-region.mode = far";

    @TempDir
    Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final String database = "library-" + UUID.randomUUID();
    private final String id = UUID.randomUUID().toString();

    private RealRedis redis;

    @AfterEach
    void stop() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private HibernateNode node(String... more) throws IOException {
        return with("create", "9s", more);
    }

    private HibernateNode with(String strategy, String deadline, String... more) throws IOException {
        if (redis == null) {
            redis = RealRedis.start();
            open.add(redis);
        }
        List<String> lines = new ArrayList<>(List.of(
                "nearfar.address = " + redis.address(),
                "nearfar.application = library",
                "nearfar.deadline = " + deadline,
                "nearfar.codec.trust = declared",
                "nearfar.codec.allow = @hibernate"));
        lines.addAll(List.of(more));
        HibernateNode node = HibernateNode.open(folder, database, strategy, lines);
        open.add(node);
        return node;
    }

    private Locked locked(String title) {
        Locked entity = new Locked();
        entity.id = id;
        entity.title = title;
        return entity;
    }

    @ParameterizedTest
    @ValueSource(classes = {Locked.class, Loose.class, Transactional.class})
    void entity_isReadFromTheOtherNodesCache_andItsChangeIsSeen(Class<? extends Titled> type) throws Exception {
        HibernateNode first = node();
        HibernateNode second = node();
        first.in(session -> {
            session.createNativeMutationQuery("insert into " + type.getSimpleName() + " (id, title"
                            + (type == Locked.class ? ", version" : "") + ") values ('" + id + "', 'Faust'"
                            + (type == Locked.class ? ", 0" : "") + ")")
                    .executeUpdate();
            return null;
        });
        assertThat(first.title(type, id)).isEqualTo("Faust");
        second.statistics().clear();
        assertThat(second.title(type, id)).isEqualTo("Faust");
        assertThat(second.statistics().getPrepareStatementCount())
                .as("statements of the second node")
                .isZero();

        second.change(type, id, "Faust II");
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(first.title(type, id)).isEqualTo("Faust II"));
    }

    /** The lock of a change that is not committed yet leads the other node to the database. */
    @Test
    void lockOfAChange_isHonoredByTheOtherNode_andEndsWithTheCommit() throws Exception {
        HibernateNode first = node("nearfar.mode = far");
        HibernateNode second = node("nearfar.mode = far");
        first.save(locked("Faust"));
        assertThat(second.title(Locked.class, id)).isEqualTo("Faust");

        try (Session changing = first.factory().openSession()) {
            changing.beginTransaction();
            changing.find(Locked.class, id).title("Faust II");
            changing.flush();
            second.statistics().clear();
            assertThat(second.title(Locked.class, id)).isEqualTo("Faust");
            assertThat(second.statistics().getSecondLevelCacheMissCount()).isEqualTo(1);
            changing.getTransaction().commit();
        }
        assertThat(second.title(Locked.class, id)).isEqualTo("Faust II");
        second.statistics().clear();
        assertThat(second.title(Locked.class, id)).isEqualTo("Faust II");
        assertThat(second.statistics().getSecondLevelCacheHitCount()).isEqualTo(1);
    }

    /** The question when a table was changed last is answered by Redis, so that no change is overlooked. */
    @Test
    void query_withTimestampsFar_seesEachChangeOfTheOtherNodeAtOnce() throws Exception {
        HibernateNode first = node(TIMESTAMPS_FAR);
        HibernateNode second = node(TIMESTAMPS_FAR);
        first.save(locked("title 0"));
        for (int i = 0; i < 25; i++) {
            assertThat(second.having("title " + i)).isEqualTo(1);
            assertThat(second.having("title " + i)).as("once more").isEqualTo(1);
            first.change(Locked.class, id, "title " + (i + 1));
            assertThat(second.having("title " + i)).as("after change %d", i).isZero();
        }
        assertThat(second.statistics().getQueryCacheHitCount()).isGreaterThanOrEqualTo(25);
    }

    /** With a near tier for timestamps it is seen when the message has come. */
    @Test
    void query_withTimestampsNear_seesAChangeOfTheOtherNodeSoon() throws Exception {
        HibernateNode first = node();
        HibernateNode second = node();
        first.save(locked("Faust"));
        assertThat(second.having("Faust")).isEqualTo(1);
        first.change(Locked.class, id, "Faust II");
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(second.having("Faust")).isZero());
    }

    /** To Hibernate a table without a timestamp was never changed, and while Redis is away there is none to be read. */
    @Test
    void query_whileRedisIsAway_mayBeOld_unlessItsRegionAnswersNothing() throws Exception {
        HibernateNode trusting = node(TIMESTAMPS_FAR, "nearfar.max-stale = 10m");
        HibernateNode careful = node(TIMESTAMPS_FAR, "nearfar.cache.default-query-results-region.mode = far");
        HibernateNode changing = node(TIMESTAMPS_FAR);
        changing.save(locked("Faust"));
        assertThat(trusting.having("Faust")).isEqualTo(1);
        assertThat(careful.having("Faust")).isEqualTo(1);
        redis.kill();
        changing.in(session -> session.createMutationQuery("update Locked set title = 'Faust II'")
                .executeUpdate());
        assertThat(trusting.having("Faust")).as("old, from near").isEqualTo(1);
        assertThat(careful.having("Faust")).as("of the database").isZero();
    }

    /** What an outage leaves of a timestamp is nothing, if several nodes may have written it: the results have to go as well. */
    @Test
    void query_afterAnOutageInWhichItsTableWasChanged_isNotOld() throws Exception {
        String[] settings = {
            TIMESTAMPS_FAR,
            "nearfar.cache.default-query-results-region.mode = far",
            "nearfar.cache.default-query-results-region.outage.recovery = clear"
        };
        HibernateNode first = with("create", "250ms", settings);
        HibernateNode second = with("create", "250ms", settings);
        first.save(locked("Faust"));
        await().atMost(LONG).until(() -> {
            second.statistics().clear();
            return second.having("Faust") == 1 && second.statistics().getQueryCacheHitCount() == 1;
        });
        redis.freeze();
        first.change(Locked.class, id, "Faust II");
        redis.thaw();
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(second.having("Faust")).isZero());
    }

    @Test
    void settingsOfARegion_holdForIt() throws Exception {
        HibernateNode node = node("nearfar.cache.io.nearfar.frameworks.*.ttl = 30s");
        node.save(locked("Faust"));
        node.title(Locked.class, id);
        List<?> keys = (List<?>) redis.call("KEYS", "{library~*}:e:" + Locked.class.getName() + ":*");
        assertThat(keys).hasSize(1);
        assertThat((Long) redis.call("PTTL", keys.get(0))).isPositive().isLessThanOrEqualTo(30_000);
    }

    @Test
    void regionThatIsMissing_isAnError_whereTheStrategySaysSo() {
        assertThatThrownBy(() -> with("fail", "9s")).hasStackTraceContaining("default-update-timestamps-region");
    }

    @Test
    void regionThatIsMissing_isCreatedWithAWarning_byDefault() throws Exception {
        SessionFactory factory = with("create-warn", "9s").factory();
        assertThat(factory.getCache()).isNotNull();
    }
}
