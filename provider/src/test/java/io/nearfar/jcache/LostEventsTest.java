package io.nearfar.jcache;

import static io.nearfar.jcache.RemoteEars.awaitHeard;
import static io.nearfar.jcache.RemoteEars.fence;
import static io.nearfar.jcache.RemoteEars.heard;
import static io.nearfar.jcache.RemoteEars.lost;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.NearfarCache;
import io.nearfar.config.Mode;
import io.nearfar.fault.proxy.FaultProxy;
import io.nearfar.fault.proxy.Lines;
import io.nearfar.testing.Application;
import io.nearfar.testing.RealRedis;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryRemovedListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What listeners do not hear of other nodes, and what they hear of what is hard to tell. */
@Timeout(120)
class LostEventsTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final RecordingListener listener = new RecordingListener();

    @Test
    void valuesThatAreTooLarge_areLost_andCounted_andOldOnesAreNotAvailable() {
        String large = "v".repeat(70_000);
        try (Application one = Application.in(Mode.TIERED);
                Application other = one.another()) {
            NearfarCache<String, String> here = one.cache();
            other.<String, String>cache().registerCacheEntryListener(listener.configured(true, true));
            awaitHeard(here, listener);
            here.put("k", large);
            here.putAll(Map.of("k", large));
            here.put("k", "v".repeat(2_000_000));
            here.put("k", "small");
            here.put("k", large);
            here.remove("k");
            fence(here, listener);
            assertThat(heard(listener)).containsExactly("UPDATED k null small", "REMOVED k null null");
            assertThat(lost(other)).isEqualTo(4);
        }
    }

    /** A key that its text does not give back. */
    private record Place(String name, int number) implements Serializable {}

    private static final class Places
            implements CacheEntryCreatedListener<Place, String>, CacheEntryRemovedListener<Place, String> {
        private final List<String> told = new CopyOnWriteArrayList<>();

        @Override
        public void onCreated(Iterable<CacheEntryEvent<? extends Place, ? extends String>> events) {
            events.forEach(event -> told.add("CREATED " + event.getKey().name() + " " + event.getValue()));
        }

        @Override
        public void onRemoved(Iterable<CacheEntryEvent<? extends Place, ? extends String>> events) {
            events.forEach(event -> told.add("REMOVED " + event.getKey().name() + " " + event.isOldValueAvailable()));
        }
    }

    @Test
    void keysThatAreObjects_areHeardAsWhatTheyAre_alsoOfWhatIsRemoved() {
        MutableConfiguration<Place, String> typed =
                new MutableConfiguration<Place, String>().setTypes(Place.class, String.class);
        Places places = new Places();
        try (Application one = Application.in(Mode.TIERED);
                Application other = one.another()) {
            NearfarCache<Place, String> here = one.cache(typed);
            other.cache(typed)
                    .registerCacheEntryListener(new MutableCacheEntryListenerConfiguration<>(
                            new FactoryBuilder.SingletonFactory<>(places), null, false, true));
            await().atMost(SOON).until(() -> {
                here.put(new Place("rome", 1), "v");
                here.remove(new Place("rome", 1));
                return places.told.containsAll(List.of("CREATED rome v", "REMOVED rome false"));
            });
        }
    }

    @Test
    void garbageInTheChannels_isIgnored() {
        try (RealRedis redis = RealRedis.start();
                Application one = Application.in(Mode.TIERED, "nearfar.address", redis.address());
                Application other = one.another()) {
            NearfarCache<String, String> here = one.cache();
            other.<String, String>cache().registerCacheEntryListener(listener.configured(true, true));
            awaitHeard(here, listener);
            List<Object> channels = channels(redis);
            assertThat(channels).hasSize(2);
            for (Object channel : channels) {
                for (String garbage :
                        List.of("", "x", "\1", "\1\1 short", "\1\11" + "x".repeat(100), "\2".repeat(60))) {
                    redis.call("PUBLISH", channel, garbage);
                }
            }
            here.put("k", "1");
            fence(here, listener);
            assertThat(heard(listener)).containsExactly("CREATED k null 1");
        }
    }

    private static List<Object> channels(RealRedis redis) {
        List<Object> channels = new ArrayList<>();
        channels.addAll((List<?>) redis.call("PUBSUB", "CHANNELS", "*:heard"));
        channels.addAll((List<?>) redis.call("PUBSUB", "CHANNELS", "*:audience"));
        return channels.stream()
                .map(each -> (Object) (each instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : each))
                .toList();
    }

    @Test
    void connectionsThatBreak_areMadeAnew_andCounted_andListenersHearOn() {
        try (RealRedis redis = RealRedis.start();
                Application one = Application.in(Mode.TIERED, "nearfar.address", redis.address());
                Application other = one.another()) {
            NearfarCache<String, String> here = one.cache();
            other.<String, String>cache().registerCacheEntryListener(listener.configured(true, true));
            awaitHeard(here, listener);
            redis.call("CLIENT", "KILL", "TYPE", "pubsub");
            await().atMost(SOON).until(() -> lost(other) > 0);
            awaitHeard(here, listener);
            here.put("k", "1");
            fence(here, listener);
            assertThat(heard(listener)).containsExactly("CREATED k null 1");
        }
    }

    /** What this node changes in an outage has no stamp of the far tier, and came after what others had done before all the same. */
    @Test
    void changeOfBefore_thatIsHeardAfterAnOwnOneOfAnOutage_isLost_andCounted() {
        try (RealRedis redis = RealRedis.start();
                FaultProxy network = new FaultProxy(redis.port());
                Application one = Application.in(Mode.TIERED, "nearfar.address", redis.address());
                Application other =
                        one.another("nearfar.address", "redis://" + network.host(), "nearfar.deadline", "250ms")) {
            NearfarCache<String, String> here = one.cache();
            NearfarCache<String, String> there = other.cache();
            there.registerCacheEntryListener(listener.configured(false, true));
            awaitHeard(here, listener);
            double lost = lost(other);
            network.holdBack(Lines.SUBSCRIBERS);
            here.put("k", "before");
            network.blackhole();
            there.put("k", "own");
            network.heal();
            fence(here, listener);
            assertThat(heard(listener)).containsExactly("CREATED k null own");
            assertThat(lost(other)).isGreaterThan(lost);
            here.put("k", "after");
            fence(here, listener);
            assertThat(heard(listener)).hasSize(2).last().asString().endsWith(" after");
        }
    }
}
