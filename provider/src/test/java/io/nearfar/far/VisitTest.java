package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.FarRefusalException;
import io.nearfar.InvalidationPace;
import io.nearfar.config.FarAddress;
import io.nearfar.config.FarSettings;
import io.nearfar.config.Topology;
import io.nearfar.entry.Attributes;
import io.nearfar.entry.EntryStore;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealCluster;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RealRedis.Program;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A visitor, on every topology that differs for it, and the rights that it asks for. */
@Timeout(120)
class VisitTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private static FarSettings settings(Topology topology, String user, String password, String... hosts) {
        return FarSetups.quiet(FarSetups.far(
                new FarAddress(topology, List.of(hosts), false, user, password, 0, null), LeastRights.PREFIX));
    }

    private static FarSettings least(RealRedis redis) {
        return settings(Topology.STANDALONE, LeastRights.USER, LeastRights.PASSWORD, redis.host());
    }

    /** The commands of the documentation but those for which the login itself asks, or that only end something. */
    private static Set<String> askedFor() {
        return LeastRights.commands(LeastRights.ONE_SERVER).stream()
                .map(command -> command.replaceAll("\\|.*", ""))
                .filter(command -> !Set.of("ping", "unsubscribe").contains(command))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @EnumSource
    void missingRights_areExactlyThoseThatWereTaken(Program program) {
        try (RealRedis redis = program.start()) {
            LeastRights.grant(redis, LeastRights.ONE_SERVER);
            assertThat(FarVisit.missingRights(least(redis))).isEmpty();
            for (String command : askedFor()) {
                redis.call("ACL", "SETUSER", LeastRights.USER, "-" + command);
                assertThat(FarVisit.missingRights(least(redis)).keySet())
                        .as(command)
                        .containsExactly(command.toUpperCase(Locale.ROOT));
                LeastRights.grant(redis, LeastRights.ONE_SERVER);
            }
            assertThat((long) redis.call("DBSIZE")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void visitor_withTheRightsOfANode_sees(Program program) {
        try (RealRedis redis = program.start()) {
            LeastRights.grant(redis, LeastRights.ONE_SERVER);
            try (FarVisit visit = FarVisit.open(least(redis))) {
                assertThatThrownBy(() -> visit.slowCalls(1)).isInstanceOf(FarRefusalException.class);
            }
            redis.call("ACL", "SETUSER", LeastRights.USER, "+memory");
            assertSees(least(redis), 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void visitor_ofACluster_seesAllMasters(Program program) {
        try (RealCluster cluster = RealCluster.start(program)) {
            assertSees(settings(Topology.CLUSTER, null, null, cluster.hosts()), 3);
        }
    }

    private static void assertSees(FarSettings settings, int masters) {
        try (FarTier tier = FarSetups.open(settings);
                FarVisit visit = FarVisit.open(settings)) {
            EntryStore<String, String> store = Sharing.store(tier);
            for (int i = 0; i < 100; i++) {
                store.apply("k" + i, Sharing.write("v".repeat(i)));
            }
            store.apply("t", Sharing.write("v").with(Attributes.of(List.of("red"), Attributes.AS_CONFIGURED)));
            assertThat(visit.servers())
                    .hasSize(masters)
                    .allSatisfy(server -> assertThat(server.text("role")).isEqualTo("master"));
            assertThat(visit.prefixes()).containsExactly(LeastRights.PREFIX);
            assertThat(visit.caches(met -> {})).containsEntry(new CacheVersion("c", 0), 101L);
            Map<String, Long> sizes = new TreeMap<>();
            visit.sizes("c", (cache, key, bytes) -> sizes.put(key, bytes));
            assertThat(sizes).hasSize(101);
            assertThat(sizes.get("k99")).isGreaterThan(sizes.get("k1"));
            List<Long> lifetimes = new ArrayList<>();
            visit.lifetimes(null, (cache, key, millis) -> lifetimes.add(millis));
            assertThat(lifetimes).hasSize(101);
            assertChanges(visit, store);
        }
    }

    private static void assertChanges(FarVisit visit, EntryStore<String, String> store) {
        ConcurrentLinkedQueue<FarNews> heard = new ConcurrentLinkedQueue<>();
        visit.watch(heard::add, lost -> {});
        VisitedCache cache = visit.cache(FarSetups.cache("c"));
        assertThat(visit.cache(FarSetups.cache("other")).exists()).isFalse();
        assertThat(cache.exists()).isTrue();
        assertThat(cache.look("k5").state()).isEqualTo(EntryView.State.LIVE);
        assertThat(cache.remove("k5")).isTrue();
        assertThat(cache.remove("k5")).isFalse();
        cache.invalidateTags(List.of("red"), false);
        assertThat(cache.look("t").state()).isEqualTo(EntryView.State.INVALIDATED);
        assertThat(cache.startInvalidatingPrefix("k9", false, InvalidationPace.DEFAULT)
                        .done()
                        .toCompletableFuture()
                        .join())
                .isEqualTo(11);
        assertThat(cache.look("k95").state()).isEqualTo(EntryView.State.ABSENT);
        assertThat(cache.expire("k81")).isTrue();
        assertThat(cache.startInvalidatingPattern("k8?", true, InvalidationPace.DEFAULT)
                        .done()
                        .toCompletableFuture()
                        .join())
                .isEqualTo(9);
        assertThat(cache.look("k82").state()).isEqualTo(EntryView.State.ABSENT);
        cache.clear().join();
        assertThat(cache.look("k6").state()).isEqualTo(EntryView.State.ABSENT);
        assertThat(store.scan()).isExhausted();
        await().atMost(SOON).until(() -> cleared(heard) == 64);
        assertThat(heard)
                .anyMatch(news -> news.kind().equals("entries") && news.names().equals(List.of("k5")))
                .anyMatch(news -> news.kind().equals("pattern") && news.names().equals(List.of("k9*")));
    }

    private static long cleared(Collection<FarNews> heard) {
        return heard.stream()
                .filter(news -> news.kind().equals("clear"))
                .map(FarNews::partition)
                .distinct()
                .count();
    }
}
