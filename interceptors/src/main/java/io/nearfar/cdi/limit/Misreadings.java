package io.nearfar.cdi.limit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of settings that say nothing that can be meant: each value of a key once. Safe for use by several threads. */
final class Misreadings {
    private static final Logger LOG = LoggerFactory.getLogger(Misreadings.class);

    private final Map<String, String> told = new ConcurrentHashMap<>();

    /** Tells that {@code key} has a value that cannot be used, unless that was the last that was told of it. */
    void tell(String key, String value, String why) {
        if (!value.equals(told.put(key, value))) {
            LOG.warn("NF0803 {} = {}: what the annotation says holds, until this is corrected. {}.", key, value, why);
        }
    }

    /** Notes that {@code key} can be read again, or is not set any more. */
    void forget(String key) {
        told.remove(key);
    }
}
