package io.nearfar.fault.scenario;

import io.nearfar.fault.history.Kind;
import io.nearfar.fault.proxy.FaultProxy;
import io.nearfar.fault.proxy.Lines;
import io.nearfar.testing.RealRedis;
import java.time.Duration;
import java.util.Random;

/** What happens to one server, or to the network between it and its nodes. */
enum Scenario implements Fault {
    HEALTHY("nothing") {
        @Override
        public void strike(Field field, Trial trial) {
            Trial.rest(1_500);
        }

        @Override
        public boolean isTrouble() {
            return false;
        }
    },
    SERVER_RESTARTED_EMPTY("server killed, and after 1 s restarted empty") {
        @Override
        public void strike(Field field, Trial trial) {
            long killed = System.nanoTime();
            field.redis().kill();
            Trial.rest(1_000);
            field.redis().restart();
            trial.happened(Kind.LOSS, killed, System.nanoTime());
        }
    },
    SERVER_FROZEN("server stopped for 2 s and continued") {
        @Override
        public void strike(Field field, Trial trial) {
            long frozen = System.nanoTime();
            field.redis().freeze();
            Trial.rest(2_000);
            trial.happened(Kind.SILENCE, frozen, System.nanoTime());
            field.redis().thaw();
        }
    },
    CONNECTIONS_KILLED("CLIENT KILL TYPE normal") {
        @Override
        public void strike(Field field, Trial trial) {
            killConnections(field, "normal", 1);
            Trial.rest(500);
        }
    },
    CONNECTIONS_KILLED_ON_AND_ON("CLIENT KILL TYPE normal, every 100 ms for 1.5 s") {
        @Override
        public void strike(Field field, Trial trial) {
            killConnections(field, "normal", 15);
        }
    },
    SUBSCRIPTIONS_KILLED("CLIENT KILL TYPE pubsub") {
        @Override
        public void strike(Field field, Trial trial) {
            killConnections(field, "pubsub", 1);
            Trial.rest(500);
        }
    },
    SUBSCRIPTIONS_KILLED_ON_AND_ON("CLIENT KILL TYPE pubsub, every 100 ms for 1.5 s") {
        @Override
        public void strike(Field field, Trial trial) {
            killConnections(field, "pubsub", 15);
        }
    },
    SERVER_PAUSED("CLIENT PAUSE for 1 s") {
        @Override
        public void strike(Field field, Trial trial) {
            field.redis().call("CLIENT", "PAUSE", 1_000);
            Trial.rest(1_000);
        }
    },
    FLUSHED("FLUSHALL") {
        @Override
        public void strike(Field field, Trial trial) {
            long from = System.nanoTime();
            field.redis().flush();
            trial.happened(Kind.LOSS, from, System.nanoTime());
            Trial.rest(500);
        }
    },
    SCRIPTS_FLUSHED("SCRIPT FLUSH, every 50 ms for 1 s") {
        @Override
        public void strike(Field field, Trial trial) {
            for (int i = 0; i < 20; i++) {
                field.redis().call("SCRIPT", "FLUSH");
                Trial.rest(50);
            }
        }
    },
    EVICTING("memory full for 1.5 s, allkeys-random") {
        @Override
        public void strike(Field field, Trial trial) {
            long from = System.nanoTime();
            Memory memory = new Memory(field.redis());
            long before = memory.evicted();
            memory.fill(1_500);
            memory.free();
            Fault.require(memory.evicted() - before >= 100, "the server evicted next to nothing");
            trial.happened(Kind.EVICTION, from, System.nanoTime());
        }
    },
    MESSAGES_LOST("every fifth message lost, on live connections, for 1.5 s") {
        @Override
        public void strike(Field field, Trial trial) {
            Random random = new Random(1);
            long before = lost(field);
            field.links().forEach(link -> link.lose(push -> random.nextInt(5) == 0));
            Trial.rest(1_500);
            field.links().forEach(FaultProxy::heal);
            Fault.require(lost(field) > before, "no message was lost");
        }
    },
    DEAF("every message to one node lost, on live connections, for 2 s") {
        @Override
        public void strike(Field field, Trial trial) {
            long before = lost(field);
            field.link(0).lose(push -> true);
            Trial.rest(2_000);
            field.link(0).heal();
            Fault.require(lost(field) > before, "no message was lost");
        }
    },
    PARTITIONED("one node's network silent in both directions for 2.5 s") {
        @Override
        public void strike(Field field, Trial trial) {
            field.link(0).blackhole();
            Trial.rest(2_500);
            Fault.require(field.link(0).holds(), "nothing was held up");
            field.link(0).heal();
        }
    },
    ANSWERS_HELD("what the server sends to one node held up for 1 s") {
        @Override
        public void strike(Field field, Trial trial) {
            field.link(0).holdBack(Lines.ALL);
            Trial.rest(1_000);
            field.link(0).heal();
        }
    },
    REQUESTS_HELD("what one node sends held up for 1 s") {
        @Override
        public void strike(Field field, Trial trial) {
            field.link(0).holdForth(Lines.ALL);
            Trial.rest(1_000);
            Fault.require(field.link(0).holds(), "nothing was held up");
            field.link(0).heal();
        }
    },
    HALF_OPEN("one node's connections half open") {
        @Override
        public void strike(Field field, Trial trial) {
            field.link(0).halfOpen(Lines.ALL);
            Trial.rest(1_000); // until the next ping
        }
    },
    REFUSED("one node's connections cut and refused for 1.5 s") {
        @Override
        public void strike(Field field, Trial trial) {
            field.link(0).refuse();
            field.link(0).cut(Lines.ALL);
            Trial.rest(1_500);
            field.link(0).heal();
        }
    },
    CUT_ON_AND_ON("one node's connections cut every 100 ms for 1.5 s") {
        @Override
        public void strike(Field field, Trial trial) {
            for (int i = 0; i < 15; i++) {
                field.link(0).cut(Lines.ALL);
                Trial.rest(100);
            }
        }
    },
    SLOW("every way 40 ms longer for 1.5 s") {
        @Override
        public void strike(Field field, Trial trial) {
            field.links().forEach(link -> link.delay(Duration.ofMillis(40)));
            Trial.rest(1_500);
            field.links().forEach(FaultProxy::heal);
        }
    },
    THROTTLED("one node's connections at 20 kB/s each for 1.5 s") {
        @Override
        public void strike(Field field, Trial trial) {
            field.link(0).throttle(20_000);
            Trial.rest(1_500);
            field.link(0).heal();
        }
    };

    private final String what;

    Scenario(String what) {
        this.what = what;
    }

    @Override
    public String what() {
        return what;
    }

    /** Kills them so often, every 100 ms; half of the times there must be one for each node. */
    private static void killConnections(Field field, String type, int times) {
        RealRedis redis = field.redis();
        long killed = 0;
        for (int i = 0; i < times; i++) {
            killed += (Long) redis.call("CLIENT", "KILL", "TYPE", type, "SKIPME", "yes");
            Trial.rest(times > 1 ? 100 : 0);
        }
        Fault.require(
                killed >= (long) times * field.nodes().size() / 2, "the server killed only " + killed + " connections");
    }

    private static long lost(Field field) {
        return field.links().stream().mapToLong(FaultProxy::lost).sum();
    }
}
