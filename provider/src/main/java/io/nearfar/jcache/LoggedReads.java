package io.nearfar.jcache;

import io.nearfar.AsyncContextLoad;
import io.nearfar.ContextLoad;
import io.nearfar.observe.Course;
import io.nearfar.observe.OperationLog;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The reads, told in the log where that is wanted. Single ones look at one field for it, and at nothing else. */
final class LoggedReads<K, V> extends Reads<K, V> {
    private final Desk<K, V> desk;
    private final OperationLog log;

    LoggedReads(Desk<K, V> desk, Loading<K, V> loading, Refreshing<K, V> refreshing) {
        super(desk, loading, refreshing);
        this.desk = desk;
        this.log = desk.operations();
    }

    @Override
    @Nullable
    V get(K key) {
        return log.isOn() ? toldGet(key) : super.get(key);
    }

    private @Nullable V toldGet(K key) {
        return log.told("get", desk.shown(key), () -> super.get(key), Course::ofRead);
    }

    @Override
    @Nullable
    V getOrLoad(K key, ContextLoad<? extends V> load) throws Exception {
        return log.isOn() ? toldGetOrLoad(key, load) : super.getOrLoad(key, load);
    }

    private @Nullable V toldGetOrLoad(K key, ContextLoad<? extends V> load) throws Exception {
        return log.called("getOrLoad", desk.shown(key), () -> super.getOrLoad(key, load), Course::ofRead);
    }

    @Override
    CompletionStage<@Nullable V> getOrLoadAsync(K key, AsyncContextLoad<? extends V> load) {
        return log.isOn()
                ? log.toldLater("getOrLoad", desk.shown(key), () -> super.getOrLoadAsync(key, load), Course::ofRead)
                : super.getOrLoadAsync(key, load);
    }

    @Override
    Map<K, V> getAll(Set<? extends K> keys) {
        return log.look()
                ? log.told(
                        "getAll",
                        keys.size() + " keys",
                        () -> super.getAll(keys),
                        (course, found) -> course.ofReads(keys.size(), found.size()))
                : super.getAll(keys);
    }

    @Override
    boolean containsKey(K key) {
        return log.isOn()
                ? log.told(
                        "containsKey",
                        desk.shown(key),
                        () -> super.containsKey(key),
                        (course, there) -> course.in(there ? "there" : "not there"))
                : super.containsKey(key);
    }
}
