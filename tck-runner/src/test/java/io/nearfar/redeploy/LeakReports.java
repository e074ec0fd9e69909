package io.nearfar.redeploy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.regex.Pattern;

/** What Tomcat itself says of threads and thread-locals of ours that an application has left behind. */
final class LeakReports extends Handler implements AutoCloseable {
    private static final Pattern OURS = Pattern.compile("nearfar|redisson|netty");

    private final Logger logger = Logger.getLogger("org.apache.catalina.loader.WebappClassLoaderBase");
    private final List<String> said = new CopyOnWriteArrayList<>();

    LeakReports() {
        logger.addHandler(this);
    }

    List<String> said() {
        return List.copyOf(said);
    }

    @Override
    public void publish(LogRecord record) {
        String text = new SimpleFormatter().formatMessage(record);
        if (record.getLevel().intValue() >= Level.WARNING.intValue()
                && OURS.matcher(text).find()) {
            said.add(text);
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
