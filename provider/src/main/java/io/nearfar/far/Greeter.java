package io.nearfar.far;

import io.nearfar.config.FarAddress;
import io.nearfar.config.FarSettings;
import io.nearfar.config.Topology;
import io.nearfar.key.Keyspace;
import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import javax.cache.CacheException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out, before the link is made, whether the far tier can be used, and tells what waiting can cure from what it
 * cannot. Takes less than five seconds.
 */
final class Greeter {
    private static final Logger LOG = LoggerFactory.getLogger(Greeter.class);
    private static final int LONGEST_STEP_MILLIS = 1_500;
    private static final int BUDGET_MILLIS = 4_000;

    /** Errors that stay until somebody changes a setting, here or there. */
    private static final List<String> LASTING = List.of(
            "-WRONGPASS",
            "-NOAUTH",
            "-NOPERM",
            "-DENIED",
            "-ERR invalid password",
            "-ERR AUTH",
            "-ERR Client sent AUTH",
            "-ERR DB index",
            "-ERR invalid DB index",
            "-ERR SELECT",
            "-ERR No such master");

    /** A digest that no script has. */
    private static final String NO_SCRIPT = "0".repeat(40);

    private final FarSettings settings;
    private final FarAddress address;
    private final Keyspace keyspace;
    private final @Nullable SSLContext tls;
    private final int stepMillis;
    private final boolean hears;
    private volatile @Nullable Socket socket;
    private volatile boolean aborted;

    /**
     * Creates one.
     *
     * @param hears whether messages are to be heard over the link, for which the servers' user needs rights
     */
    Greeter(FarSettings settings, Keyspace keyspace, boolean hears) {
        this.settings = settings;
        this.hears = hears;
        this.address = settings.address();
        this.keyspace = keyspace;
        this.tls = address.tls() ? new Certificates(settings.tls()).context() : null;
        int fairShare = BUDGET_MILLIS / Math.max(2, address.hosts().size() + 1);
        this.stepMillis = (int) Math.min(
                Math.min(LONGEST_STEP_MILLIS, fairShare),
                settings.connectTimeout().toMillis());
    }

    /**
     * Asks the hosts in turn until one answers.
     *
     * @throws Unreachable if none does, or those that do are not ready
     * @throws CacheException if one says what waiting cannot cure
     */
    Greeting greet() throws Unreachable {
        return greet(this::checkRights);
    }

    /** Like {@link #greet()} with other questions about rights. */
    Greeting greet(Questions rights) throws Unreachable {
        Unreachable last = new Unreachable("the address names no host");
        for (String host : address.hosts()) {
            try {
                return greet(address.topology() == Topology.SENTINEL ? master(host) : host, rights);
            } catch (Unreachable e) {
                last = e;
            }
        }
        throw last;
    }

    private String master(String sentinel) throws Unreachable {
        String name = String.valueOf(address.masterName());
        try (Conversation conversation = open(sentinel)) {
            String found = conversation.ask("SENTINEL", "GET-MASTER-ADDR-BY-NAME", name);
            if (found.startsWith("-NOAUTH") && address.password() != null) {
                authenticate(sentinel, conversation, address.password());
                found = conversation.ask("SENTINEL", "GET-MASTER-ADDR-BY-NAME", name);
            }
            check(sentinel, "SENTINEL", found);
            String[] parts = found.split("\n");
            if (parts.length != 2) {
                throw unusable(sentinel, "the Sentinel watches no master named " + name + ": correct the name");
            }
            return parts[0] + ":" + parts[1];
        } catch (IOException e) {
            throw failed(sentinel, e);
        }
    }

    private Greeting greet(String host, Questions rights) throws Unreachable {
        try (Conversation conversation = open(host)) {
            logIn(host, conversation);
            Greeting greeting = greeting(host, conversation.ask("INFO", "server"));
            checkRole(host, greeting, conversation);
            rights.ask(host, greeting, conversation);
            return greeting;
        } catch (IOException e) {
            throw failed(host, e);
        }
    }

    private Conversation open(String host) throws IOException {
        return open(host, tls);
    }

    private Conversation open(String host, @Nullable SSLContext over) throws IOException {
        int colon = host.lastIndexOf(':');
        int port = Integer.parseInt(host.substring(colon + 1));
        String name = host.substring(0, colon).replace("[", "").replace("]", "");
        Socket fresh = new Socket();
        socket = fresh;
        if (aborted) {
            throw new SocketException("the tier is closed");
        }
        return Conversation.open(
                fresh, name, port, stepMillis, over, settings.tls().verifyHost());
    }

    /** Ends a greeting that is under way in another thread, and lets none begin. */
    void abort() {
        aborted = true;
        try {
            Socket current = socket;
            if (current != null) {
                current.close();
            }
        } catch (IOException e) {
            LOG.debug("A connection that is not needed any more could not be closed in order", e);
        }
    }

    private void logIn(String host, Conversation conversation) throws IOException, Unreachable {
        String password = address.password();
        if (password != null) {
            authenticate(host, conversation, password);
        }
        check(host, "PING", conversation.ask("PING"));
        if (address.database() != 0) {
            check(host, "SELECT", conversation.ask("SELECT", String.valueOf(address.database())));
        }
    }

    private void authenticate(String host, Conversation conversation, String password) throws IOException, Unreachable {
        check(
                host,
                "AUTH",
                address.user() == null
                        ? conversation.ask("AUTH", password)
                        : conversation.ask("AUTH", address.user(), password));
    }

    private Greeting greeting(String host, String info) {
        String mode = field(info, "redis_mode", field(info, "server_mode", ""));
        if (mode.equals("sentinel")) {
            throw unusable(
                    host,
                    "it is a Sentinel: add the name of the master that it watches to the address, as in"
                            + " redis://sentinel:26379/mymaster");
        }
        if (address.topology() == Topology.SENTINEL) {
            return new Greeting(Topology.SENTINEL, false);
        }
        boolean cluster = mode.isEmpty() ? address.topology() == Topology.CLUSTER : mode.equals("cluster");
        if (cluster) {
            return new Greeting(Topology.CLUSTER, major(info) >= 7);
        }
        return new Greeting(address.hosts().size() > 1 ? Topology.MASTER_REPLICA : Topology.STANDALONE, false);
    }

    private static int major(String info) {
        String version = field(info, "redis_version", "0");
        return Integer.parseInt(version.substring(0, Math.max(1, version.indexOf('.'))));
    }

    /** Returns a field of what INFO says, or something else if there is none of that name. */
    static String field(String info, String name, String otherwise) {
        return info.lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).trim())
                .findFirst()
                .orElse(otherwise);
    }

    /** A replica takes no writes. Where others can lead to its master, its being one is no mistake. */
    private void checkRole(String host, Greeting greeting, Conversation conversation) throws IOException, Unreachable {
        String info = conversation.ask("INFO", "replication");
        if (!field(info, "role", "").equals("slave")) {
            return;
        }
        if (greeting.topology() == Topology.SENTINEL) {
            throw new Unreachable(host + ": the Sentinel names it as the master, and it is a replica still");
        }
        if (greeting.topology() == Topology.STANDALONE) {
            throw unusable(
                    host,
                    "it is a read-only replica of " + field(info, "master_host", "") + ":"
                            + field(info, "master_port", "")
                            + ": use the address of that master, or the hosts of both");
        }
    }

    private void checkRights(String host, Greeting greeting, Conversation conversation)
            throws IOException, Unreachable {
        String chain = keyspace.chainKey(0);
        check(host, "EVALSHA", conversation.ask("EVALSHA", NO_SCRIPT, "1", chain));
        check(host, "MGET", conversation.ask("MGET", chain));
        check(host, "SCAN", conversation.ask("SCAN", "0", "COUNT", "1"));
        check(host, "TIME", conversation.ask("TIME"));
        if (hears) {
            checkHashes(host, conversation);
            checkSubscribing(host, greeting, conversation);
        }
    }

    private void checkSubscribing(String host, Greeting greeting, Conversation conversation)
            throws IOException, Unreachable {
        String subscribe = greeting.sharded() ? "SSUBSCRIBE" : "SUBSCRIBE";
        check(host, subscribe, conversation.ask(subscribe, keyspace.channel(0)));
        if (settings.keyspaceEvents()) {
            check(host, "PSUBSCRIBE", conversation.ask("PSUBSCRIBE", keyspace.eventPattern()));
        }
    }

    /**
     * Asks for what the tables of tags need, under a key that is never there; whatever else these commands answer, others have
     * said already. HSET is given a field without a value, so that it changes nothing.
     */
    private void checkHashes(String host, Conversation conversation) throws IOException {
        String none = keyspace.absentKey();
        for (List<String> words : List.of(
                List.of("HGET", none, "f"),
                List.of("HMGET", none, "f"),
                List.of("HLEN", none),
                List.of("HGETALL", none),
                List.of("HDEL", none, "f"),
                List.of("HSET", none, "f", "v", "g"))) {
            String answer = conversation.ask(words.toArray(String[]::new));
            if (isLasting(answer) || answer.startsWith("-ERR unknown command")) {
                throw unusable(host, "it answers " + words.get(0) + " with " + answer.substring(1));
            }
        }
    }

    private static boolean isLasting(String answer) {
        return LASTING.stream().anyMatch(answer::startsWith);
    }

    /** Passes over every answer but errors, and of these the one that is asked for: that no such script is known. */
    private void check(String host, String command, String answer) throws Unreachable {
        if (!answer.startsWith("-") || answer.startsWith("-NOSCRIPT") || answer.startsWith("-MOVED")) {
            return;
        }
        String said = "it answers " + command + " with " + answer.substring(1);
        if (isLasting(answer)) {
            throw unusable(host, said);
        }
        throw new Unreachable(host + ": " + said);
    }

    private Unreachable failed(String host, IOException failure) {
        if (failure instanceof StreamCorruptedException) {
            throw unusable(
                    host,
                    looksLikeTls(host)
                            ? "the port speaks TLS: use rediss://"
                            : "what answers there is no Redis; it says: " + failure.getMessage());
        }
        if (failure instanceof SSLException && !isSilence(failure)) {
            throw unusable(
                    host,
                    looksLikeRedis(host)
                            ? "the port speaks no TLS: use redis://"
                            : "TLS failed: " + failure.getMessage() + "; see nearfar.tls settings");
        }
        if (failure instanceof UnknownHostException) {
            return new Unreachable(host + ": no address is known for this name", failure);
        }
        if (!isSilence(failure)) {
            return new Unreachable(host + ": " + failure.getMessage(), failure);
        }
        if (tls != null && looksLikeRedis(host)) {
            throw unusable(host, "the port speaks no TLS: use redis://");
        }
        if (tls == null && looksLikeTls(host)) {
            throw unusable(host, "the port speaks TLS: use rediss://");
        }
        return new Unreachable(host + ": connected, but then " + failure.getMessage(), failure);
    }

    /** Tells whether a connection was made, and nothing or only its end came back. */
    private static boolean isSilence(IOException failure) {
        return failure instanceof EOFException
                || failure.getCause() instanceof EOFException
                || (failure instanceof SocketTimeoutException && !isConnectTimeout(failure))
                || (failure instanceof SocketException
                        && String.valueOf(failure.getMessage()).contains("reset"));
    }

    private static boolean isConnectTimeout(IOException failure) {
        return String.valueOf(failure.getMessage())
                .toLowerCase(java.util.Locale.ROOT)
                .contains("connect timed out");
    }

    private boolean looksLikeRedis(String host) {
        try (Conversation plain = open(host, null)) {
            plain.ask("PING");
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private boolean looksLikeTls(String host) {
        try (Conversation encrypted = open(host, new Certificates(settings.tls()).context())) {
            return true;
        } catch (SSLException e) {
            return !String.valueOf(e.getMessage()).contains("Unsupported or unrecognized SSL message");
        } catch (IOException e) {
            return false;
        }
    }

    private CacheException unusable(String host, String why) {
        return new CacheException("The far tier at " + address + " (from " + settings.origin() + ") cannot be used: "
                + host + ": " + why);
    }

    /** Asks a server whether it allows what is needed. */
    interface Questions {
        void ask(String host, Greeting greeting, Conversation conversation) throws IOException, Unreachable;
    }
}
