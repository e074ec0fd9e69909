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
            long from = System.nanoTime() - UNREPLICATED;
            field.redis().kill();
            awaitRole("master", field.servers().all().get(1));
            trial.happened(Kind.FAILOVER, from, System.nanoTime() + Bounds.RECOVERY);
        }
    },
    MASTER_REPLACED("a replica promoted by SENTINEL FAILOVER", Servers::watched) {
        @Override
        public void strike(Field field, Trial trial) {
            long from = System.nanoTime() - UNREPLICATED;
            field.servers().sentinel().call("SENTINEL", "FAILOVER", "mymaster");
            awaitRole("master", field.servers().all().get(1));
            awaitRole("slave", field.redis()); // until then it takes writes, which are lost
            trial.happened(Kind.FAILOVER, from, System.nanoTime() + Bounds.RECOVERY);
        }
    },
    SLOTS_MOVED("eight slots moved to another master", Servers::cluster) {
        @Override
        public void strike(Field field, Trial trial) {
            List<RealRedis> all = field.servers().all();
            Slot.of(all.get(0), 8).forEach(slot -> slot.moveTo(all.get(1), all));
        }
    };

    /** What was acknowledged so shortly before may not have reached the replica. */
    private static final long UNREPLICATED = TimeUnit.SECONDS.toNanos(1);

    private static final long LONGEST_CHANGE = TimeUnit.SECONDS.toNanos(30);

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

    private static void awaitRole(String role, RealRedis server) {
        long until = System.nanoTime() + LONGEST_CHANGE;
        while (!role.equals(roleOf(server))) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("a server did not become " + role + ": " + server.log());
            }
            Trial.rest(10);
        }
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
