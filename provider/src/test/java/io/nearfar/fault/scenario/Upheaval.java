package io.nearfar.fault.scenario;

import io.nearfar.fault.check.Bounds;
import io.nearfar.fault.history.Kind;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RealRedis.Program;
import io.nearfar.testing.RespClient;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** What happens to several servers that belong together. */
enum Upheaval implements Fault {
    MASTER_KILLED("master killed, and a replica promoted by Sentinel", Servers::watched) {
        @Override
        public void strike(Field field, Trial trial) {
            RealRedis replica = field.servers().all().get(1);
            long from = System.nanoTime() - UNREPLICATED;
            field.redis().kill();
            awaitRole("master", replica);
            trial.happened(Kind.FAILOVER, from, System.nanoTime() + Bounds.DEADLINE);
            Fault.await(replica, () -> isMaster(replica, field.servers().last()));
        }
    },
    MASTER_REPLACED("a replica promoted by SENTINEL FAILOVER", Servers::watched) {
        @Override
        public void strike(Field field, Trial trial) {
            RealRedis replica = field.servers().all().get(1);
            long from = System.nanoTime() - UNREPLICATED;
            field.servers().last().call("SENTINEL", "FAILOVER", Servers.MASTER);
            awaitRole("master", replica);
            awaitRole("slave", field.redis()); // until then it takes writes, which are lost
            trial.happened(Kind.FAILOVER, from, System.nanoTime() + Bounds.DEADLINE);
            Fault.await(replica, () -> isMaster(replica, field.servers().last()));
        }
    },
    CLUSTER_MASTER_KILLED("a master of a cluster killed, and its replica promoted", Servers::replicated) {
        @Override
        public void strike(Field field, Trial trial) {
            RealRedis replica = field.servers().last();
            long from = System.nanoTime() - UNREPLICATED;
            field.redis().kill();
            awaitRole("master", replica);
            trial.happened(Kind.FAILOVER, from, System.nanoTime() + Bounds.DEADLINE);
            List<RealRedis> all = field.servers().all();
            all.subList(1, all.size()).forEach(server -> Fault.await(server, () -> isWhole(server)));
        }
    },
    /** The old master waits for its replica before it gives way: nothing is lost. */
    CLUSTER_MASTER_REPLACED("a replica in a cluster promoted by CLUSTER FAILOVER", Servers::replicated) {
        @Override
        public void strike(Field field, Trial trial) {
            field.servers().last().call("CLUSTER", "FAILOVER");
            awaitRole("master", field.servers().last());
            awaitRole("slave", field.redis());
        }
    },
    SLOTS_MOVED("eight slots moved to another master", Servers::cluster) {
        @Override
        public void strike(Field field, Trial trial) {
            List<RealRedis> all = field.servers().all();
            long from = System.nanoTime();
            List<Slot> slots = Slot.of(all.get(0), SLOTS);
            slots.forEach(slot -> slot.moveTo(all.get(1), all));
            trial.happened(Kind.MOVE, from, System.nanoTime());
            long moved = slots.stream().filter(slot -> slot.isAt(all.get(1))).count();
            Fault.require(moved == SLOTS, "only " + moved + " slots were moved");
        }
    };

    /** What was acknowledged so shortly before may not have reached the replica. */
    private static final long UNREPLICATED = TimeUnit.SECONDS.toNanos(1);

    private static final long WARM_UP = 2_500;
    private static final int SLOTS = 8;

    private final String what;
    private final Function<Program, Servers> servers;

    Upheaval(String what, Function<Program, Servers> servers) {
        this.what = what;
        this.servers = servers;
    }

    @Override
    public String what() {
        return what;
    }

    /** Starts the servers to which it can happen. */
    Servers servers(Program program) {
        return servers.apply(program);
    }

    /** So much that was written is known to every server. */
    @Override
    public long warmUp() {
        return WARM_UP;
    }

    private static void awaitRole(String role, RealRedis server) {
        Fault.await(server, () -> role.equals(roleOf(server)));
    }

    /** Tells whether the Sentinel says so, by which clients go. */
    private static boolean isMaster(RealRedis server, RealRedis sentinel) {
        List<?> address = (List<?>) sentinel.call("SENTINEL", "GET-MASTER-ADDR-BY-NAME", Servers.MASTER);
        return RespClient.text(address.get(1)).equals(String.valueOf(server.port()));
    }

    private static boolean isWhole(RealRedis server) {
        return RespClient.text(server.call("CLUSTER", "INFO")).contains("cluster_state:ok");
    }

    /** A server that changes its role ends all connections. */
    private static String roleOf(RealRedis server) {
        try {
            return RespClient.text(((List<?>) server.call("ROLE")).get(0));
        } catch (UncheckedIOException e) {
            return "in change";
        }
    }
}
