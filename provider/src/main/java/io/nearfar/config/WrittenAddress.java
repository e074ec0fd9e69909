package io.nearfar.config;

import java.util.List;

/**
 * What an address says by itself, before other settings complete it.
 *
 * @param tls whether its scheme asks for encryption
 * @param credentials who connects
 * @param hosts host names, with ports where they are written
 * @param path what follows the slash
 */
record WrittenAddress(boolean tls, Credentials credentials, List<String> hosts, DatabasePath path) {
    /** Returns the same address with other hosts. */
    WrittenAddress withHosts(List<String> others) {
        return new WrittenAddress(tls, credentials, others, path);
    }

    /** Tells whether this address, one of a list, says nothing else than the first of the list. */
    boolean follows(WrittenAddress first) {
        boolean hostsAlone = equals(new WrittenAddress(first.tls, Credentials.NONE, hosts, DatabasePath.NONE));
        return hostsAlone || equals(first.withHosts(hosts));
    }

    /** Returns the hosts, each with a port, none twice. */
    List<String> hosts(int defaultPort) {
        return hosts.stream()
                .map(host -> HostReader.hasPort(host) ? host : host + ":" + defaultPort)
                .distinct()
                .toList();
    }
}
