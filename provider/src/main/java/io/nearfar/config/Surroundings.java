package io.nearfar.config;

import java.util.Map;
import java.util.Properties;

/**
 * What the process brings along.
 *
 * @param system the system properties
 * @param environment the environment variables
 */
record Surroundings(Map<String, String> system, Map<String, String> environment) {
    /** Returns those of this process, as they are now. */
    static Surroundings ofProcess() {
        Properties system = System.getProperties();
        Map<String, String> copy = new java.util.HashMap<>();
        system.stringPropertyNames().forEach(key -> copy.put(key, system.getProperty(key, "")));
        return new Surroundings(copy, System.getenv());
    }
}
