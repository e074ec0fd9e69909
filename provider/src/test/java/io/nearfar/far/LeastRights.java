package io.nearfar.far;

import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RespClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The user whose rights the documentation lists, made on real servers by the very lines that stand there. */
final class LeastRights {
    static final String USER = "shop";
    static final String PASSWORD = "change-me";

    /** The prefix that the lines are written for. */
    static final String PREFIX = "shop";

    static final String ONE_SERVER = "# one server, a master with replicas, or Sentinel";
    static final String CLASSIC_CLUSTER = "# a cluster before version 7";
    static final String SHARDED_CLUSTER = "# a cluster of version 7 or later, or of Valkey";
    static final String EVENTS = "# with nearfar.keyspace-events; 0 is the number of the database";
    static final String DATABASE = "# another database than 0";
    static final String SENTINEL = "# each Sentinel, if Sentinels ask for a login";
    private static final String ALWAYS = "# always";

    private static final Path PAGE = Path.of("../docs/redis.md");

    private LeastRights() {}

    /** Makes the user on a server that keeps data. */
    static void grant(RealRedis server, String... cases) {
        server.call((Object[]) line(ALWAYS).split(" "));
        for (String each : cases) {
            server.call((Object[]) line(each).split(" "));
        }
    }

    /** Makes the user on a Sentinel, which from then on asks everybody else for a password. */
    static void grant(RespClient sentinel) {
        sentinel.call((Object[]) line(SENTINEL).split(" "));
        sentinel.call("ACL", "SETUSER", "default", "resetpass", ">another-secret");
    }

    /** Returns the commands that a server which keeps data allows in these cases, in small letters. */
    static Set<String> commands(String... cases) {
        Set<String> commands = new TreeSet<>(allowed(ALWAYS));
        for (String each : cases) {
            commands.addAll(allowed(each));
        }
        return commands;
    }

    private static List<String> allowed(String heading) {
        return Stream.of(line(heading).split(" "))
                .filter(word -> word.startsWith("+"))
                .map(word -> word.substring(1))
                .toList();
    }

    private static String line(String heading) {
        try {
            List<String> lines = Files.readAllLines(PAGE);
            int at = lines.indexOf(heading);
            if (at < 0) {
                throw new IllegalStateException(PAGE + " has no line '" + heading + "'");
            }
            return lines.get(at + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
