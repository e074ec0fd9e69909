package io.nearfar.jcache;

import io.nearfar.EntryOptions;
import io.nearfar.observe.OperationLog;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The writes, told in the log where that is wanted. */
final class LoggedWrites<K, V> extends Writes<K, V> {
    /** What is said of a put whose entry expired at once. */
    private static final String NOT_STORED = "not stored";

    static final String NOTHING_THERE = "nothing there";

    private final Desk<K, V> desk;
    private final OperationLog log;

    LoggedWrites(Desk<K, V> desk, Changes<K, V> changes) {
        super(desk, changes);
        this.desk = desk;
        this.log = desk.operations();
    }

    private <T extends @Nullable Object> T told(String operation, K key, Supplier<T> body, String otherwise) {
        return log.look()
                ? log.told(operation, desk.shown(key), body, (course, answer) -> course.ofChange(otherwise))
                : body.get();
    }

    private void told(String operation, K key, Runnable body) {
        Supplier<Boolean> whole = () -> {
            body.run();
            return true;
        };
        told(operation, key, whole, NOT_STORED);
    }

    @Override
    void put(K key, V value) {
        told("put", key, () -> super.put(key, value));
    }

    @Override
    void put(K key, V value, EntryOptions options) {
        told("put", key, () -> super.put(key, value, options));
    }

    @Override
    @Nullable
    V getAndPut(K key, V value) {
        return this.<@Nullable V>told("getAndPut", key, () -> super.getAndPut(key, value), NOT_STORED);
    }

    @Override
    boolean remove(K key) {
        return told("remove", key, () -> super.remove(key), NOTHING_THERE);
    }

    @Override
    boolean expire(K key) {
        return log.look()
                ? log.told(
                        "expire",
                        desk.shown(key),
                        () -> super.expire(key),
                        (course, ended) -> course.in(ended ? "ended" : NOTHING_THERE))
                : super.expire(key);
    }

    @Override
    @Nullable
    V getAndRemove(K key) {
        return this.<@Nullable V>told("getAndRemove", key, () -> super.getAndRemove(key), NOTHING_THERE);
    }
}
