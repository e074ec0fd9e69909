package io.nearfar.benchmarks.peer;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.redisson.api.RedissonClient;
import org.redisson.api.redisnode.RedisNode.InfoSection;
import org.redisson.api.redisnode.RedisNodes;

/** What a server says of itself. */
public final class ServerFigures implements AutoCloseable {
    private static final Pattern STATISTIC = Pattern.compile("calls=(\\d+),usec=(\\d+),.*");
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final RedissonClient client;

    private ServerFigures(RedissonClient client) {
        this.client = client;
    }

    /** Connects to a server. */
    public static ServerFigures of(String address) {
        return new ServerFigures(RedissonClients.openQuiet(address));
    }

    /**
     * What commands have come to since the server started.
     *
     * @param calls how many there were
     * @param micros how long the server worked on them, what their scripts called included
     */
    public record Work(long calls, long micros) {
        /** Returns what came since an earlier look. */
        public Work since(Work earlier) {
            return new Work(calls - earlier.calls, micros - earlier.micros);
        }
    }

    /** Returns what those commands have come to. */
    public Work work(Collection<String> commands) {
        Map<String, String> statistics = info(InfoSection.COMMANDSTATS);
        long calls = 0;
        long micros = 0;
        for (String command : commands) {
            Matcher found = STATISTIC.matcher(statistics.getOrDefault("cmdstat_" + command, ""));
            if (found.matches()) {
                calls += Long.parseLong(found.group(1));
                micros += Long.parseLong(found.group(2));
            }
        }
        return new Work(calls, micros);
    }

    /** Returns the number of the server's process. */
    public long process() {
        return Long.parseLong(info(InfoSection.SERVER).getOrDefault("process_id", ""));
    }

    /** Returns the bytes that the server has allocated. */
    public long memory() {
        return Long.parseLong(info(InfoSection.MEMORY).getOrDefault("used_memory", ""));
    }

    /** Returns the bytes that the server has received. */
    public long received() {
        return Long.parseLong(info(InfoSection.STATS).getOrDefault("total_net_input_bytes", ""));
    }

    /** Returns the bytes that the server has sent. */
    public long sent() {
        return Long.parseLong(info(InfoSection.STATS).getOrDefault("total_net_output_bytes", ""));
    }

    /** Removes all keys of the server, and returns when their memory is free: of ten million that takes longer than a call may. */
    public void flush() {
        client.getKeys().flushallParallel();
        while (!"0".equals(info(InfoSection.MEMORY).get("lazyfree_pending_objects"))) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Returns how many clients are connected. */
    public long clients() {
        return Long.parseLong(info(InfoSection.CLIENTS).getOrDefault("connected_clients", ""));
    }

    /** Returns the server's own version. */
    public String version() {
        return info(InfoSection.SERVER).getOrDefault("redis_version", "unknown");
    }

    private Map<String, String> info(InfoSection section) {
        return client.getRedisNodes(RedisNodes.SINGLE).getInstance().info(section);
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
