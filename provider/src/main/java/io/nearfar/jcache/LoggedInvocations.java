package io.nearfar.jcache;

import io.nearfar.observe.OperationLog;
import javax.cache.processor.EntryProcessor;
import org.jspecify.annotations.Nullable;

/** The runs of entry processors, told in the log where that is wanted: one line for each key. */
final class LoggedInvocations<K, V> extends Invocations<K, V> {
    private final Desk<K, V> desk;
    private final OperationLog log;

    LoggedInvocations(Desk<K, V> desk, Changes<K, V> changes, Loading<K, V> loading) {
        super(desk, changes, loading);
        this.desk = desk;
        this.log = desk.operations();
    }

    @Override
    <T> @Nullable T invoke(K key, EntryProcessor<K, V, T> processor, @Nullable Object... arguments) {
        return log.look()
                ? log.<@Nullable T>told(
                        "invoke",
                        desk.shown(key),
                        () -> super.invoke(key, processor, arguments),
                        (course, answer) -> course.ofChange("nothing changed"))
                : super.invoke(key, processor, arguments);
    }
}
