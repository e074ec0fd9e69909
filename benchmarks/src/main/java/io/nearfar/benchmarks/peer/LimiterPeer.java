package io.nearfar.benchmarks.peer;

import java.util.Set;
import java.util.function.Function;

/** All rate limiters that are compared, each with the commands that it sends by itself for a decision. */
public enum LimiterPeer {
    NEARFAR("a user", "Nearfar, strict", NearfarLimiter::ofOneLimit, Set.of("eval", "evalsha")),
    NEARFAR_THREE(
            "a user, a tier, and all", "Nearfar, strict", NearfarLimiter::ofThreeLimits, Set.of("eval", "evalsha")),
    NEARFAR_LEASED("a user", "Nearfar, leased", NearfarLimiter::ofLeasedLimit, Set.of("eval", "evalsha")),
    ONE_COUNTER("a user", "one Lua counter", LuaCounterLimiter::open, Set.of("eval", "evalsha")),
    REDISSON("a user", "Redisson", RedissonLimiter::open, Set.of("eval", "evalsha")),
    BUCKET4J("a user", "Bucket4j", Bucket4jLimiter::open, Set.of("eval", "evalsha", "get", "set"));

    private final String limits;
    private final String label;
    private final Function<String, LimiterDriver> opener;
    private final Set<String> commands;

    LimiterPeer(String limits, String label, Function<String, LimiterDriver> opener, Set<String> commands) {
        this.limits = limits;
        this.label = label;
        this.opener = opener;
        this.commands = commands;
    }

    /** Returns what a decision is about. */
    public String limits() {
        return limits;
    }

    /** Returns the name as tables show it. */
    public String label() {
        return label;
    }

    /** Returns the commands of a decision, but for those within its scripts. */
    public Set<String> commands() {
        return commands;
    }

    /** Opens the peer. */
    public LimiterDriver open(String address) {
        return opener.apply(address);
    }
}
