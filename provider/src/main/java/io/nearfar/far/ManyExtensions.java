package io.nearfar.far;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Extension;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Extensions of many entries: calls grow with the keys' number by the chunk, on a cluster also with the partitions
 * touched; several are under way at once. What one server does not answer holds up the others' no longer than a deadline.
 */
final class ManyExtensions<K> {
    private static final int CHUNK_KEYS = 256;
    private static final int UNDER_WAY = 4;
    /** What lies beyond would lose digits in a script, which counts in 53 bits: it is as good as never. */
    private static final long LATEST_MICROS = 1L << 53;

    private final Calls calls;
    private final Consumer<? super K> gone;
    private final Telling telling;
    private final Deque<Sent<K>> underWay = new ArrayDeque<>();
    private @Nullable FarTierUnavailableException failure;

    /**
     * Creates what makes one run, which tells {@code gone} of the keys that no longer hold what was read.
     *
     * @param telling says whether somebody is to be told when the entries end
     */
    ManyExtensions(Calls calls, Consumer<? super K> gone, Telling telling) {
        this.telling = telling;
        this.calls = calls;
        this.gone = gone;
    }

    /** One extension of many. */
    record Item<K>(K key, Spot spot, Extension extension) {}

    private record Sent<K>(List<Item<K>> items, ScriptCall call) {}

    /** @throws FarTierUnavailableException the first failure, after everything was tried */
    void apply(List<Item<K>> items) {
        List<Item<K>> sorted = new ArrayList<>(items);
        sorted.sort(Comparator.comparingInt(item -> item.spot.partition()));
        boolean mixed = calls.serveAllPartitions();
        for (int from = 0, to; from < sorted.size(); from = to) {
            to = from + 1;
            while (to < sorted.size() && to - from < CHUNK_KEYS && (mixed || isOfOnePartition(sorted, from, to))) {
                to++;
            }
            send(sorted.subList(from, to));
        }
        while (!underWay.isEmpty()) {
            finish(underWay.remove());
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static boolean isOfOnePartition(List<? extends Item<?>> items, int one, int other) {
        return items.get(one).spot().partition() == items.get(other).spot().partition();
    }

    private void send(List<Item<K>> items) {
        if (underWay.size() == UNDER_WAY) {
            finish(underWay.remove());
        }
        try {
            ScriptCall call = calls.script(Script.TOUCH_ALL, items.get(0).spot().partition(), arguments(items));
            underWay.add(new Sent<>(items, call));
        } catch (FarTierUnavailableException e) {
            failed(e);
        }
    }

    private Arguments arguments(List<? extends Item<?>> items) {
        Arguments arguments = new Arguments().audience(telling.word());
        for (int from = 0, to; from < items.size(); from = to) {
            to = from + 1;
            while (to < items.size() && isOfOnePartition(items, from, to)) {
                to++;
            }
            Spot spot = items.get(from).spot();
            arguments.key(spot.meta()).key(spot.tags()).add(to - from);
            items.subList(from, to).forEach(item -> add(arguments, item));
        }
        return arguments;
    }

    private static void add(Arguments arguments, Item<?> item) {
        long expires = item.extension().expires();
        arguments
                .key(item.spot().entry())
                .add(Spot.bytes(item.extension().version()))
                .add(expires == Entry.NEVER || expires >= LATEST_MICROS ? 0 : expires);
    }

    private void finish(Sent<K> sent) {
        try {
            List<Object> reply = sent.call.reply();
            for (int i = 0; i < sent.items.size(); i++) {
                if (Numbers.of(reply, 1 + i) == 0) {
                    gone.accept(sent.items.get(i).key());
                }
            }
        } catch (FarTierUnavailableException e) {
            failed(e);
        }
    }

    private void failed(FarTierUnavailableException e) {
        failure = failure == null ? e : failure;
    }
}
