package io.nearfar.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the settings of the far tier together from what is set for the manager. */
final class FarReader {
    private static final int PORT = 6379;
    private static final int SENTINEL_PORT = 26379;

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

    private void findSmallPool() {
        int size = manager.valueOrDefault(ManagerTable.POOL_SIZE);
        Given minimum = manager.given(ManagerTable.POOL_MINIMUM);
        if (minimum != null && manager.valueOrDefault(ManagerTable.POOL_MINIMUM) > size) {
            mistakes.add(minimum, "more than nearfar.pool.size, which is " + size + ". Lower it or raise the size.");
        }
    }
}
