package io.nearfar.fault.proxy;

import java.util.function.Predicate;

/** Which of a node's connections something is done to. */
public enum Lines {
    ALL(line -> true),
    /** Those on which the server has confirmed a subscription. */
    SUBSCRIBERS(Line::isSubscriber),
    /** Those that carry commands and their answers. */
    CALLERS(line -> !line.isSubscriber());

    private final Predicate<Line> which;

    Lines(Predicate<Line> which) {
        this.which = which;
    }

    boolean include(Line line) {
        return which.test(line);
    }
}
