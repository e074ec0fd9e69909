package io.nearfar.sample.live;

import java.util.List;

/**
 * This node and its caches.
 *
 * @param node the name the node was started with
 * @param uptime milliseconds since the application started on it
 */
public record LiveNode(String node, long uptime, List<LiveCache> caches) {}
