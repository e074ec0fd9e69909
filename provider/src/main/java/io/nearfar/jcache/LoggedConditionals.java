package io.nearfar.jcache;

import io.nearfar.observe.OperationLog;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The conditional operations, told in the log where that is wanted. */
final class LoggedConditionals<K, V> extends Conditionals<K, V> {
    private final Desk<K, V> desk;
    private final OperationLog log;

    LoggedConditionals(Desk<K, V> desk, Changes<K, V> changes) {
        super(desk, changes);
        this.desk = desk;
        this.log = desk.operations();
    }

    /** What changes nothing was refused by its condition. */
    private <T extends @Nullable Object> T told(String operation, K key, Supplier<T> body) {
        return log.look()
                ? log.told(operation, desk.shown(key), body, (course, answer) -> course.ofChange("refused"))
                : body.get();
    }

    @Override
    boolean putIfAbsent(K key, V value) {
        return told("putIfAbsent", key, () -> super.putIfAbsent(key, value));
    }

    @Override
    boolean replace(K key, V value) {
        return told("replace", key, () -> super.replace(key, value));
    }

    @Override
    @Nullable
    V getAndReplace(K key, V value) {
        return this.<@Nullable V>told("getAndReplace", key, () -> super.getAndReplace(key, value));
    }

    @Override
    boolean replace(K key, V oldValue, V newValue) {
        return told("replace", key, () -> super.replace(key, oldValue, newValue));
    }

    @Override
    boolean remove(K key, V oldValue) {
        return told("remove", key, () -> super.remove(key, oldValue));
    }
}
