package io.nearfar.entry.codec;

import io.nearfar.config.CacheSettings;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of bytes that a cache does not take: all to the counter, garbage once to the log, each untrusted type once. */
final class Rejections {
    private static final Logger LOG = LoggerFactory.getLogger(Rejections.class);
    /** Names come from outside; whoever invents more of them is not listened to. */
    private static final int MOST_NAMES = 100;

    private static final int LONGEST = 400;

    private final CacheSettings settings;
    private final Runnable counter;
    private final AtomicBoolean garbageTold = new AtomicBoolean();
    private final Set<String> typesTold = ConcurrentHashMap.newKeySet();

    Rejections(CacheSettings settings, Runnable counter) {
        this.settings = settings;
        this.counter = counter;
    }

    void garbage(String what, Throwable reason) {
        counter.run();
        if (garbageTold.compareAndSet(false, true)) {
            LOG.warn(
                    "NF0201 {}: {} in the far tier cannot be read ({}); it counts as a miss until it is written again,"
                            + " and further ones are counted but not logged",
                    settings.name(),
                    what,
                    printable(reason.toString()));
        }
    }

    void untrusted(String what, String type) {
        counter.run();
        if (typesTold.size() < MOST_NAMES && typesTold.add(type)) {
            LOG.warn(
                    "NF0202 {}: {} in the far tier is of type {}, which is not trusted in this cache; it counts as a"
                            + " miss. If it is yours, add the setting {}",
                    settings.name(),
                    what,
                    printable(type),
                    printable(TrustTexts.line(settings, type)));
        }
    }

    /** Bytes from outside must not write lines of a log. */
    private static String printable(String text) {
        return text.substring(0, Math.min(text.length(), LONGEST)).replaceAll("\\p{Cntrl}", "?");
    }
}
