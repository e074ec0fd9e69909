package io.nearfar.config;

import static io.nearfar.config.Importance.ESSENTIAL;
import static io.nearfar.config.Importance.FREQUENT;
import static io.nearfar.config.Importance.RARE;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The settings of a manager and its link to the far tier. */
final class ManagerTable {
    private static final Set<Place> MANAGER = EnumSet.of(Place.MANAGER);

    static final Setting<String> ADDRESS = new Setting<>(
            "address",
            Kinds.ADDRESS,
            null,
            "none: mode `near`",
            ESSENTIAL,
            MANAGER,
            "Where Redis or Valkey is. `REDIS_URL` and `VALKEY_URL` are read too.");

    static final Setting<String> PASSWORD = new Setting<>(
            "password",
            Kinds.SECRET,
            null,
            null,
            ESSENTIAL,
            MANAGER,
            "The password, where the address holds none. Never shown.");

    static final Setting<Path> PASSWORD_FILE = new Setting<>(
            "password.file",
            Kinds.FILE,
            null,
            null,
            ESSENTIAL,
            MANAGER,
            "A file that holds the password and nothing else; read when the manager is created.");

    static final Setting<String> APPLICATION = new Setting<>(
            "application",
            Kinds.PART_OF_PREFIX,
            null,
            "name of the deployed application, else of the program",
            ESSENTIAL,
            MANAGER,
            "First half of the prefix of every far key. Nodes share their caches if application and environment are"
                    + " the same.");

    static final Setting<String> ENVIRONMENT = new Setting<>(
            "environment",
            Kinds.PART_OF_PREFIX,
            null,
            "the profile, if there is one",
            ESSENTIAL,
            MANAGER,
            "Second half of the prefix. Keeps test and production apart on one server.");

    static final Setting<String> PROFILE = new Setting<>(
            "profile",
            Kinds.TEXT,
            null,
            "`mp.config.profile`, if set",
            FREQUENT,
            MANAGER,
            "Which keys that begin with `%<profile>.` hold; of several, separated by commas, the last wins.");

    static final Setting<String> USER = new Setting<>(
            "user",
            Kinds.TEXT,
            null,
            "the server's default user",
            FREQUENT,
            MANAGER,
            "The user to authenticate as, where the address names none. Needs a password.");

    static final Setting<Integer> DATABASE = new Setting<>(
            "database",
            Kinds.number(0, 1_000_000, "-"),
            null,
            "`0`",
            FREQUENT,
            MANAGER,
            "Index of the database, where the address names none. A cluster has only 0.");

    static final Setting<Topology> TOPOLOGY = new Setting<>(
            "topology",
            Kinds.choice(Topology.class),
            null,
            "what the address says",
            RARE,
            MANAGER,
            "How several hosts belong together, or that one host stands for a cluster.");

    static final Setting<String> MASTER = new Setting<>(
            "master",
            Kinds.TEXT,
            null,
            "what the address says",
            RARE,
            MANAGER,
            "Name of the master that the sentinels watch. Makes the hosts of the address sentinels.");

    static final Setting<String> KEY_PREFIX = new Setting<>(
            "prefix",
            Kinds.WHOLE_PREFIX,
            null,
            "`<application>/<environment>`",
            RARE,
            MANAGER,
            "The whole prefix of every far key, in place of application and environment.");

    static final Setting<StartPolicy> START = new Setting<>(
            "start",
            Kinds.choice(StartPolicy.class),
            "default",
            null,
            RARE,
            MANAGER,
            "What happens if the server cannot be used at start. `default`: an unreachable server is an outage, a"
                    + " refused password or a wrong protocol fails the start; `lenient`: all is an outage; `require`: all"
                    + " fails the start, a missing address too.");

    static final Setting<Duration> CONNECT_TIMEOUT = new Setting<>(
            "connect-timeout", Kinds.DURATION, "1s", null, RARE, MANAGER, "How long one attempt to connect may take.");

    static final Setting<Duration> PING_INTERVAL = new Setting<>(
            "ping-interval",
            Kinds.DURATION,
            "1s",
            null,
            RARE,
            MANAGER,
            "How often an idle connection is tried. A dead link is noticed after about as long. Never more often than once in"
                    + " `nearfar.deadline`, since a connection that has not answered by the next time is closed, with what is"
                    + " under way on it.");

    static final Setting<Duration> BEAT = new Setting<>(
            "beat",
            Kinds.DURATION,
            "200ms",
            null,
            RARE,
            MANAGER,
            "How often each master is asked for the last write of its partitions, so that a lost message is noticed. One"
                    + " small script for each node and master.");

    static final Setting<Duration> NEAR_LEASE = new Setting<>(
            "near.lease",
            Kinds.DURATION,
            "1s",
            null,
            RARE,
            MANAGER,
            "How long near entries may be served after the last beat that found all messages applied. Bounds how stale an"
                    + " answer can be, whatever fails; at least two beats.");

    static final Setting<Boolean> KEYSPACE_EVENTS = new Setting<>(
            "keyspace-events",
            Kinds.FLAG,
            "false",
            null,
            RARE,
            MANAGER,
            "Whether to listen to the servers' keyspace events, so that near entries go within milliseconds when another"
                    + " program removes or replaces what is behind them, or the server evicts it. The servers must send"
                    + " them: `notify-keyspace-events Kg$xe`.");

    static final Setting<Integer> POOL_SIZE = new Setting<>(
            "pool.size",
            Kinds.number(1, 1_000, "connections"),
            "4",
            null,
            RARE,
            MANAGER,
            "Most connections to one master. Calls share connections: more are seldom faster.");

    static final Setting<Integer> POOL_MINIMUM = new Setting<>(
            "pool.minimum",
            Kinds.number(1, 1_000, "connections"),
            "1",
            null,
            RARE,
            MANAGER,
            "Connections to one master that are kept open.");

    static final Setting<String> FALLBACK_DATASOURCE = new Setting<>(
            "fallback.datasource",
            Kinds.DATA_SOURCE,
            null,
            "none: nodes remember by themselves",
            RARE,
            MANAGER,
            "The database in which entries live during an outage, for all nodes that see it: a JNDI name"
                    + " (`java:app/jdbc/shop`), a URL (`jdbc:postgresql://db/shop`), or a DataSource put into the"
                    + " `Properties` given to `getCacheManager`.");

    static final Setting<String> FALLBACK_TABLE = new Setting<>(
            "fallback.table",
            Kinds.TABLE,
            "nearfar_fallback",
            null,
            RARE,
            MANAGER,
            "The table of the fallback store, perhaps with its schema. It is made if it is not there and that is allowed.");

    static final Setting<Long> FALLBACK_ENTRIES = new Setting<>(
            "fallback.entries",
            Kinds.count("rows"),
            String.valueOf(FallbackSettings.DEFAULT_ENTRIES),
            null,
            RARE,
            MANAGER,
            "Most rows of the table, as each node counts them every half minute; what others add in between comes on top."
                    + " A key beyond is remembered by the node that changes it, as without a store.");

    static final Setting<String> FALLBACK_USER = new Setting<>(
            "fallback.user",
            Kinds.TEXT,
            null,
            null,
            RARE,
            MANAGER,
            "The user of the database, where the fallback store is named by a URL.");

    static final Setting<String> FALLBACK_PASSWORD = new Setting<>(
            "fallback.password", Kinds.SECRET, null, null, RARE, MANAGER, "The password of that user. Never shown.");

    static final Setting<Path> FALLBACK_PASSWORD_FILE = new Setting<>(
            "fallback.password.file",
            Kinds.FILE,
            null,
            null,
            RARE,
            MANAGER,
            "A file that holds that password and nothing else; read when the manager is created.");

    /** In the order of the reference page. */
    static final List<Setting<?>> ALL = List.of(
            ADDRESS,
            PASSWORD,
            PASSWORD_FILE,
            APPLICATION,
            ENVIRONMENT,
            PROFILE,
            USER,
            DATABASE,
            TOPOLOGY,
            MASTER,
            KEY_PREFIX,
            START,
            CONNECT_TIMEOUT,
            PING_INTERVAL,
            BEAT,
            NEAR_LEASE,
            KEYSPACE_EVENTS,
            POOL_SIZE,
            POOL_MINIMUM,
            FALLBACK_DATASOURCE,
            FALLBACK_TABLE,
            FALLBACK_ENTRIES,
            FALLBACK_USER,
            FALLBACK_PASSWORD,
            FALLBACK_PASSWORD_FILE);

    private ManagerTable() {}
}
