package io.nearfar.tomcat;

import java.io.Serializable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A session as it lies in the cache, where the cache's codec writes it.
 *
 * @param version another one after each change
 * @param ended whether it was invalidated, or goes by another id: nobody may use it any more, whoever has a copy
 * @param created when it was created, in milliseconds since 1970
 * @param accessed when it was last used before this was written
 * @param maxInactiveInterval after how many seconds without a request it ends; zero or less for never
 * @param login who is signed in; null if nobody is, or that is not to be stored
 * @param attributes those that can be stored
 */
public record StoredSession(
        String version,
        boolean ended,
        long created,
        long accessed,
        int maxInactiveInterval,
        @Nullable StoredLogin login,
        Map<String, Object> attributes)
        implements Serializable {}
