package io.nearfar.config;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the settings of the far tier together from what is set for the manager. */
final class FarReader {
    private static final int PORT = 6379;
    private static final int SENTINEL_PORT = 26379;
    private static final Duration SHORTEST_BEAT = Duration.ofMillis(10);

    private final Section manager;
    private final Given address;
    private final Mistakes mistakes;

    private FarReader(Section manager, Given address, Mistakes mistakes) {
        this.manager = manager;
        this.address = address;
        this.mistakes = mistakes;
    }

    /** Returns the settings, or null if a mistake leaves no address. */
    static @Nullable FarSettings read(Section manager, Given address, Prefix prefix, Mistakes mistakes) {
        return new FarReader(manager, address, mistakes).read(prefix);
    }

    private @Nullable FarSettings read(Prefix prefix) {
        findSmallPool();
        findShortLease();
        try {
            WrittenAddress written = AddressReader.read(address.found().text());
            return settings(written, prefix);
        } catch (WrongAddressException wrong) {
            mistakes.add(address, wrong.text());
            return null;
        }
    }

    private FarSettings settings(WrittenAddress written, Prefix prefix) {
        return new FarSettings(
                address(written),
                address.toString(),
                prefix.text(),
                manager.valueOrDefault(ManagerTable.START),
                manager.valueOrDefault(ManagerTable.CONNECT_TIMEOUT),
                manager.valueOrDefault(CacheTable.DEADLINE),
                manager.valueOrDefault(ManagerTable.PING_INTERVAL),
                manager.valueOrDefault(ManagerTable.BEAT),
                manager.valueOrDefault(ManagerTable.NEAR_LEASE),
                manager.valueOrDefault(ManagerTable.KEYSPACE_EVENTS),
                manager.valueOrDefault(ManagerTable.POOL_SIZE),
                manager.valueOrDefault(ManagerTable.POOL_MINIMUM),
                TlsReader.read(manager, address, written.tls(), mistakes));
    }

    private FarAddress address(WrittenAddress written) {
        Credentials credentials = CredentialsReader.read(manager, address, written.credentials(), mistakes);
        String master = either(written.path().master(), ManagerTable.MASTER);
        Integer database = either(written.path().database(), ManagerTable.DATABASE);
        Topology topology = topology(written, master);
        List<String> hosts = written.hosts(topology == Topology.SENTINEL ? SENTINEL_PORT : PORT);
        FarAddress whole = new FarAddress(
                topology,
                hosts,
                written.tls(),
                credentials.user(),
                credentials.password(),
                database == null ? 0 : database,
                master);
        TopologyFights.find(whole, manager, address, mistakes);
        return whole;
    }

    private Topology topology(WrittenAddress written, @Nullable String master) {
        Topology declared = manager.value(ManagerTable.TOPOLOGY);
        if (declared != null) {
            return declared;
        }
        if (master != null) {
            return Topology.SENTINEL;
        }
        return written.hosts(PORT).size() > 1 ? Topology.CLUSTER : Topology.STANDALONE;
    }

    private <T> @Nullable T either(@Nullable T written, Setting<T> setting) {
        return AddressPart.either(manager, address, written, setting, mistakes);
    }

    /** A beat verifies the instant at which it was sent, and is known to have done so when its answer has come. */
    private void findShortLease() {
        Duration beat = manager.valueOrDefault(ManagerTable.BEAT);
        Duration lease = manager.valueOrDefault(ManagerTable.NEAR_LEASE);
        Given given = manager.given(ManagerTable.NEAR_LEASE);
        Given other = manager.given(ManagerTable.BEAT);
        Given cause = given == null ? other : given;
        if (other != null && beat.compareTo(SHORTEST_BEAT) < 0) {
            mistakes.add(other, "less than " + Durations.written(SHORTEST_BEAT) + ", which only keeps everybody busy.");
        } else if (cause != null && lease.compareTo(beat.multipliedBy(2)) < 0) {
            mistakes.add(
                    cause,
                    "the near lease, " + Durations.written(lease) + ", is less than two beats of "
                            + Durations.written(beat)
                            + ", so the near tier would hardly ever answer. Lengthen nearfar.near.lease or shorten"
                            + " nearfar.beat.");
        }
    }

    private void findSmallPool() {
        int size = manager.valueOrDefault(ManagerTable.POOL_SIZE);
        Given minimum = manager.given(ManagerTable.POOL_MINIMUM);
        if (minimum != null && manager.valueOrDefault(ManagerTable.POOL_MINIMUM) > size) {
            mistakes.add(minimum, "more than nearfar.pool.size, which is " + size + ". Lower it or raise the size.");
        }
    }
}
