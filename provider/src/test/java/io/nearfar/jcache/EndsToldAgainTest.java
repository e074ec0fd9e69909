package io.nearfar.jcache;

import static io.nearfar.jcache.EndedEntries.end;
import static io.nearfar.jcache.EndedEntries.tellElsewhere;
import static io.nearfar.jcache.ExpiredEventsTest.TOLD;
import static io.nearfar.jcache.ExpiredEventsTest.hourly;
import static io.nearfar.jcache.RemoteEars.awaitHeard;
import static io.nearfar.jcache.RemoteEars.fence;
import static io.nearfar.jcache.RemoteEars.heard;
import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.NearfarCache;
import io.nearfar.config.Mode;
import io.nearfar.jcache.ExpiredEventsTest.Operation;
import io.nearfar.testing.Application;
import io.nearfar.testing.RealRedis;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An end is heard before what takes the entry's place, however late the word comes of whoever has met it. */
@Timeout(120)
class EndsToldAgainTest {
    private final RecordingListener mine = new RecordingListener();
    private final RecordingListener theirs = new RecordingListener();
    private RealRedis redis;

    @BeforeEach
    void start() {
        redis = RealRedis.start();
    }

    @AfterEach
    void stop() {
        redis.close();
    }

    @Test
    void whatTakesThePlaceOfAnEntry_isToldAfterItsEnd_whoeverHasToldThat() {
        try (Application one = Application.in(Mode.FAR, "nearfar.address", redis.address());
                Application two = one.another()) {
            NearfarCache<String, String> here = one.cache(hourly());
            NearfarCache<String, String> there = two.cache(hourly());
            here.registerCacheEntryListener(mine.configured(true, true));
            there.registerCacheEntryListener(theirs.configured(true, true));
            awaitHeard(here, theirs);
            awaitHeard(there, mine);
            for (Operation operation : Operation.values()) {
                if (operation.further.isEmpty()) {
                    continue;
                }
                here.put("k", "v");
                end(redis, "k");
                fence(here, theirs);
                List.of(mine, theirs).forEach(each -> each.told.clear());
                tellElsewhere(redis, "k");
                operation.work.accept(here);
                fence(here, theirs);
                there.put("k", "x");
                fence(there, mine);
                for (RecordingListener each : List.of(mine, theirs)) {
                    assertThat(heard(each))
                            .as("%s", operation)
                            .filteredOn(told -> told.contains(" k "))
                            .containsExactly(TOLD, "CREATED k null w", "UPDATED k w x");
                }
                here.removeAll(Set.of("k", "l"));
            }
        }
    }

    @Test
    void whatWasToldBeforeAClear_isNotToldAgain() {
        try (Application one = Application.in(Mode.TIERED, "nearfar.address", redis.address())) {
            NearfarCache<String, String> here = one.cache(hourly());
            here.registerCacheEntryListener(mine.configured(true, true));
            here.put("k", "v");
            end(redis, "k");
            tellElsewhere(redis, "k");
            here.clear();
            here.put("k", "w");
            assertThat(heard(mine)).containsExactly("CREATED k null v", "CREATED k null w");
        }
    }
}
