package io.nearfar.far;

import io.nearfar.CacheHealth;
import io.nearfar.CacheHealth.State;
import io.nearfar.FarRefusalException;
import io.nearfar.FarTierUnavailableException;
import io.nearfar.config.FarSettings;
import io.nearfar.far.Session.Node;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the servers how they are: one INFO of each that is thought to answer, all under way at once, so that it takes one deadline
 * at most. What beats have found out is not asked again.
 */
final class Checkup {
    private final FarSettings settings;
    private final Link link;
    private final Calls calls;

    Checkup(FarSettings settings, Link link, Calls calls) {
        this.settings = settings;
        this.link = link;
        this.calls = calls;
    }

    /** Returns what came of it; throws nothing for an outage. */
    CacheHealth health(String mode) {
        List<CacheHealth.Server> servers;
        try {
            servers = servers();
        } catch (FarTierUnavailableException e) {
            return health(mode, List.of(), e.getMessage());
        }
        return health(mode, servers, null);
    }

    /**
     * Returns what came of it for each server.
     *
     * @throws FarTierUnavailableException if none is known
     */
    List<CacheHealth.Server> servers() {
        List<Supplier<CacheHealth.Server>> asked =
                calls.nodes().stream().map(this::ask).toList();
        return asked.stream().map(Supplier::get).toList();
    }

    private CacheHealth health(String mode, List<CacheHealth.Server> servers, @Nullable String trouble) {
        return new CacheHealth(
                mode,
                state(servers),
                settings.address().toString(),
                link.topology().written(),
                trouble,
                link.breakerOpenings(),
                servers,
                servers.stream()
                        .flatMap(ServerFindings::of)
                        .map(ServerFinding::warning)
                        .toList());
    }

    private static State state(List<CacheHealth.Server> servers) {
        long answering = servers.stream().filter(CacheHealth.Server::answers).count();
        if (answering == 0) {
            return State.DOWN;
        }
        return answering == servers.size() ? State.UP : State.DEGRADED;
    }

    /** Begins the question to a server; what is returned waits for the answer. */
    private Supplier<CacheHealth.Server> ask(Node node) {
        Master master = node.master();
        if (master.breaker().isOpen()) {
            String kept = Failures.kept(master).getMessage();
            return () -> server(master, false, kept, null);
        }
        try {
            ReadCall call = calls.read(node, Session.INFO);
            return () -> answer(master, call);
        } catch (FarTierUnavailableException e) {
            return () -> server(master, false, e.getMessage(), null);
        }
    }

    private static CacheHealth.Server answer(Master master, ReadCall call) {
        try {
            byte[] info = (byte[]) call.reply().get(0);
            return server(master, true, null, figures(FarServer.of(master.address(), info)));
        } catch (FarRefusalException e) {
            return server(master, true, e.getMessage(), null);
        } catch (FarTierUnavailableException e) {
            return server(master, false, e.getMessage(), null);
        }
    }

    /** Returns what of a server's words health tells. */
    static CacheHealth.Figures figures(FarServer server) {
        return new CacheHealth.Figures(
                server.software(),
                server.version(),
                server.number("used_memory"),
                server.number("maxmemory"),
                server.text("maxmemory_policy"),
                server.number("connected_clients"),
                server.number("evicted_keys"));
    }

    /** Returns what is told of a server, with its clock as it is known. */
    static CacheHealth.Server server(
            Master master, boolean answers, @Nullable String trouble, CacheHealth.@Nullable Figures figures) {
        return new CacheHealth.Server(
                master.address(),
                answers,
                master.breaker().isOpen(),
                master.breaker().openings(),
                trouble,
                figures,
                master.clock().beside(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now())));
    }
}
