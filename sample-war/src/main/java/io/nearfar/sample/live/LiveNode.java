package io.nearfar.sample.live;

import io.nearfar.WarmingProgress;
import java.util.List;

/**
 * This node and its caches.
 *
 * @param node the name the node was started with
 * @param uptime milliseconds since the application started on it
 * @param warmings how far this node is with what is loaded before anybody asks
 */
public record LiveNode(String node, long uptime, List<LiveCache> caches, List<WarmingProgress> warmings) {}
