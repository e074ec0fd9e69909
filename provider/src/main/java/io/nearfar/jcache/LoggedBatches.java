package io.nearfar.jcache;

import io.nearfar.observe.Course;
import io.nearfar.observe.OperationLog;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Changes of many keys, told in the log where that is wanted. */
final class LoggedBatches<K, V> extends Batches<K, V> {
    private final OperationLog log;

    LoggedBatches(Desk<K, V> desk, Changes<K, V> changes) {
        super(desk, changes);
        this.log = desk.operations();
    }

    private void told(String operation, String keys, Runnable body, Function<Course, String> words) {
        if (!log.look()) {
            body.run();
            return;
        }
        Supplier<Boolean> whole = () -> {
            body.run();
            return true;
        };
        log.told(operation, keys, whole, (course, answer) -> words.apply(course));
    }

    @Override
    void putAll(Map<? extends K, ? extends V> map) {
        told("putAll", map.size() + " keys", () -> super.putAll(map), Course::ofPuts);
    }

    @Override
    void removeAll(Set<? extends K> keys) {
        told("removeAll", keys.size() + " keys", () -> super.removeAll(keys), Course::ofRemovals);
    }

    @Override
    void removeAll() {
        told("removeAll", "all keys", super::removeAll, course -> course.in("cleared"));
    }
}
