package io.nearfar.sample.launch;

import java.nio.file.Path;
import java.util.Map;

/**
 * How a node is started.
 *
 * @param name what the node calls itself
 * @param host the address it listens at
 * @param port the port there
 * @param folder where it unpacks itself and works; nothing else is written
 * @param log where its output goes
 * @param micro the server's jar
 * @param war the packaged application
 * @param redis the address of the far tier
 * @param settings further system properties
 */
public record NodePlan(
        String name,
        String host,
        int port,
        Path folder,
        Path log,
        Path micro,
        Path war,
        String redis,
        Map<String, String> settings) {}
