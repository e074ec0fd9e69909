package io.nearfar.testkit.fault;

import java.util.Locale;
import java.util.Set;

/** How a server says that it is there and cannot do what it was told. */
public enum ServerError {
    /** Something that the server does not explain further. Answers every command. */
    ERR("ERR simulated by the testkit"),
    /** It has just started and reads what it had saved; Nearfar takes it for an outage. Answers every command. */
    LOADING("LOADING Redis is loading the dataset in memory"),
    /** Its memory is full; it works and refuses. Answers scripts, in which Nearfar writes. */
    OOM("OOM command not allowed when used memory > 'maxmemory'."),
    /** It has become a replica; Nearfar takes it for an outage. Answers scripts, in which Nearfar writes. */
    READONLY("READONLY You can't write against a read only replica.");

    private static final Set<String> SCRIPTS = Set.of("EVAL", "EVALSHA");
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("AUTH", "HELLO", "CLIENT", "SELECT", "QUIT", "SUBSCRIBE", "PSUBSCRIBE", "SSUBSCRIBE", "UNSUBSCRIBE");

    private final String reply;

    ServerError(String reply) {
        this.reply = reply;
    }

    String reply() {
        return reply;
    }

    /** Tells whether a server in that state answers this command so. */
    boolean concerns(String command) {
        String name = command.toUpperCase(Locale.ROOT);
        return switch (this) {
            case ERR, LOADING -> !OF_THE_CONNECTION.contains(name);
            case OOM, READONLY -> SCRIPTS.contains(name);
        };
    }
}
