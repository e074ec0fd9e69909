package io.nearfar;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the far tier of a manager is, as one look has found it; by {@link NearfarManager#health()}. Holds no password, no key and no
 * value. Immutable.
 *
 * @param mode which tiers the manager's caches have unless a setting says otherwise: {@code near}, {@code tiered} or {@code far}
 * @param state what came of the look
 * @param location the address of the far tier as it may be shown, without its password; null if there is no far tier
 * @param topology how its servers belong together: {@code standalone}, {@code master-replica}, {@code sentinel} or
 *     {@code cluster}, as the address has it until a server was reached; null if there is no far tier
 * @param trouble why no server could be asked; null if one could, or none had to be
 * @param outages how often a server was found not to answer since the link was opened
 * @param servers those that accept writes, as far as they are known
 * @param warnings what somebody should look after; empty if nothing is known of
 */
public record CacheHealth(
        String mode,
        State state,
        @Nullable String location,
        @Nullable String topology,
        @Nullable String trouble,
        long outages,
        List<Server> servers,
        List<Warning> warnings) {

    /** Copies the lists. */
    public CacheHealth {
        Objects.requireNonNull(mode, "The mode is null");
        Objects.requireNonNull(state, "The state of the far tier is null");
        servers = List.copyOf(servers);
        warnings = List.copyOf(warnings);
    }

    /** Returns the health of a manager that has no far tier. */
    public static CacheHealth withoutFarTier(String mode) {
        return new CacheHealth(mode, State.NO_FAR_TIER, null, null, null, 0, List.of(), List.of());
    }

    /** Tells whether at least one server of the far tier answers. */
    public boolean isConnected() {
        return state == State.UP || state == State.DEGRADED;
    }

    /** Tells whether a server is missing that should answer. */
    public boolean isDegraded() {
        return state == State.DEGRADED || state == State.DOWN;
    }

    /** What is there of the far tier. */
    public enum State {
        /** None is configured: caches are in the process alone. */
        NO_FAR_TIER,
        /** No cache has needed it yet. The first one, or {@link NearfarManager#connect}, opens the link. */
        NOT_OPENED,
        /** Every server that accepts writes answers. */
        UP,
        /** Some answer and some do not: part of the keys is in an outage. */
        DEGRADED,
        /** None answers, or what answers cannot be used: all is in an outage. */
        DOWN
    }

    /**
     * A server that accepts writes.
     *
     * @param address where it is, host and port
     * @param answers whether it has answered now
     * @param leftAlone whether its breaker is open: it did not answer, and nobody asks it but a probe at least every second
     * @param outages how often that has happened to it since it was first met
     * @param trouble why it does not answer, or does not tell its figures; null if it does
     * @param figures what it says of itself; null if it says nothing
     * @param clock its clock, as beats have found it; null if that was never read
     */
    public record Server(
            String address,
            boolean answers,
            boolean leftAlone,
            long outages,
            @Nullable String trouble,
            @Nullable Figures figures,
            @Nullable Clock clock) {
        /** Refuses an address that is null. */
        public Server {
            Objects.requireNonNull(address, "The address of a server is null");
        }
    }

    /**
     * What a server says of itself.
     *
     * @param software {@code Redis} or {@code Valkey}
     * @param version of that, empty if it does not say
     * @param usedMemory bytes that its data take up, with all that belongs to them
     * @param maximumMemory most bytes that they may ({@code maxmemory}); 0 if there is no limit
     * @param evictionPolicy what happens when they are reached ({@code maxmemory_policy})
     * @param clients connections of clients, from all programs
     * @param evictions keys that it has evicted since it started
     */
    public record Figures(
            String software,
            String version,
            long usedMemory,
            long maximumMemory,
            String evictionPolicy,
            long clients,
            long evictions) {}

    /**
     * The clock of a server beside that of this node.
     *
     * @param offset how far it is ahead of this node's; negative if it is behind. Right to half of the round trip
     * @param roundTrip how long the answer took by which that was measured
     */
    public record Clock(Duration offset, Duration roundTrip) {}

    /**
     * Something that somebody should look after.
     *
     * @param id which it is, stable from release to release, such as {@code NF0321}
     * @param text what it is, of which server, and what to do about it
     */
    public record Warning(String id, String text) {}
}
