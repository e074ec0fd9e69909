package io.nearfar.far;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Reply;
import io.nearfar.far.FarEntries.Unanswered;
import io.nearfar.far.Wording.Body;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Changes of many keys: calls grow with the keys' number by the chunk, on a cluster also with the partitions touched;
 * several are under way at once. None is left under way at the end: a change that was given up must not happen later.
 */
final class ManyChanges<K, V> {
    private static final int CHUNK_KEYS = 256;
    private static final int CHUNK_BYTES = 1 << 18;

    /** How a key is changed that is changed as the one before it. */
    private static final byte[] AS_BEFORE = {};

    /** What is softened is named, not told: a hundred such calls are under way at once. */
    private static final int SOFTENED_AT_ONCE = 100;

    private final Calls calls;
    private final Wording<V> wording;
    private final SingleChange<V> single;
    private final BiConsumer<K, Reply<V>> replies;
    private final Unanswered<? super K> unanswered;
    private final UnderWay underWay = new UnderWay();

    /**
     * Creates what makes one many-key operation.
     *
     * @param single makes the changes of keys that somebody else has locked, or whose large entries are wanted
     * @param replies is told each reply
     * @param unanswered is told of each key without one
     */
    ManyChanges(
            Calls calls,
            Wording<V> wording,
            SingleChange<V> single,
            BiConsumer<K, Reply<V>> replies,
            Unanswered<? super K> unanswered) {
        this.calls = calls;
        this.wording = wording;
        this.single = single;
        this.replies = replies;
        this.unanswered = unanswered;
    }

    /** Makes the changes; those of one key must not be among them twice. */
    void apply(Collection<Item<K, V>> items) {
        try {
            boolean mixed = calls.serveAllPartitions();
            send(items.stream().filter(item -> !item.change.isRemoval()).toList(), Script.WRITE_ALL, mixed);
            send(items.stream().filter(ManyChanges::isPlainRemoval).toList(), Script.REMOVE_ALL, mixed);
            soften(items.stream().filter(item -> item.change.soft()).toList());
        } catch (FarTierUnavailableException e) {
            items.forEach(item -> unanswered.tell(item.key, e));
        } finally {
            underWay.finish();
        }
    }

    private void send(List<Item<K, V>> items, Script script, boolean mixed) {
        List<Item<K, V>> sorted = new ArrayList<>(items);
        sorted.sort(Comparator.comparingInt(item -> item.spot.partition()));
        Chunk chunk = new Chunk(script);
        for (Item<K, V> item : sorted) {
            Body body = wording.body(item.spot, item.change);
            wording.count(body);
            int length = body.tail().length;
            if (length > Caution.LARGE) {
                alone(item, body);
                continue;
            }
            if (chunk.isFull(length) || (!mixed && chunk.isElsewhere(item))) {
                send(chunk);
                chunk = new Chunk(script);
            }
            chunk.add(item, body);
        }
        send(chunk);
    }

    private static boolean isPlainRemoval(Item<?, ?> item) {
        return item.change.isRemoval() && !item.change.soft();
    }

    private void soften(List<Item<K, V>> items) {
        for (int from = 0; from < items.size(); from += SOFTENED_AT_ONCE) {
            List<Softened> some = new ArrayList<>();
            items.subList(from, Math.min(items.size(), from + SOFTENED_AT_ONCE))
                    .forEach(item -> some.add(new Softened(item)));
            underWay.makeRoom(0);
            underWay.add(0, () -> some.forEach(Softened::finish));
        }
    }

    private void alone(Item<K, V> item, Body body) {
        try {
            replies.accept(item.key, single.apply(item.spot, item.change, body));
        } catch (FarTierUnavailableException e) {
            unanswered.tell(item.key, e);
        }
    }

    private void send(Chunk chunk) {
        if (chunk.items.isEmpty()) {
            return;
        }
        underWay.makeRoom(chunk.bytes);
        try {
            chunk.send();
            underWay.add(chunk.bytes, chunk::finish);
        } catch (FarTierUnavailableException e) {
            chunk.items.forEach(item -> unanswered.tell(item.key, e));
        }
    }

    /** One change of many. */
    record Item<K, V>(K key, Spot spot, Change<V> change) {}

    private record Sent(ScriptCall call, long nonce) {}

    /** An entry that ends in a call of its own, which has begun. */
    private final class Softened {
        private final Item<K, V> item;
        private final Arguments arguments;
        private final @Nullable ScriptCall call;

        Softened(Item<K, V> item) {
            this.item = item;
            this.arguments = single.softening(item.spot);
            this.call = begun();
        }

        private @Nullable ScriptCall begun() {
            try {
                return calls.script(Script.SOFTEN, item.spot.partition(), arguments);
            } catch (FarTierUnavailableException e) {
                unanswered.tell(item.key, e);
                return null;
            }
        }

        void finish() {
            if (call == null) {
                return;
            }
            try {
                replies.accept(
                        item.key, wording.reply(item.spot, item.change, arguments.nonce(), Told.of(call.reply())));
            } catch (FarTierUnavailableException e) {
                unanswered.tell(item.key, e);
            }
        }
    }

    /** What goes in one call. */
    private final class Chunk {
        private final Script script;
        private final List<Item<K, V>> items = new ArrayList<>();
        private final List<Body> bodies = new ArrayList<>();
        private int bytes;
        private @Nullable Sent sent;

        private Chunk(Script script) {
            this.script = script;
        }

        private boolean isFull(int more) {
            return items.size() == CHUNK_KEYS || (!items.isEmpty() && bytes + more > CHUNK_BYTES);
        }

        private boolean isElsewhere(Item<K, V> item) {
            return !items.isEmpty() && items.get(0).spot.partition() != item.spot.partition();
        }

        private void add(Item<K, V> item, Body body) {
            items.add(item);
            bodies.add(body);
            bytes += body.tail().length;
        }

        private void send() {
            List<Integer> ends = endsOfPartitions();
            Arguments arguments = new Arguments(3 * ends.size() + items.size(), 2 + 2 * ends.size() + 3 * items.size())
                    .audience(single.telling().word());
            ends.forEach(end -> {
                Spot spot = items.get(end - 1).spot;
                arguments.key(spot.meta()).key(spot.chain());
            });
            ends.forEach(end -> arguments.key(items.get(end - 1).spot.tags()));
            arguments.add(items.get(0).spot.names().wire()).add(ends.size());
            int from = 0;
            for (int to : ends) {
                arguments.add(items.get(from).spot.channel()).add(to - from);
                for (; from < to; from++) {
                    addItem(from, arguments);
                }
            }
            int partition = items.get(0).spot.partition();
            sent = new Sent(calls.script(script, partition, arguments), arguments.nonce());
        }

        private List<Integer> endsOfPartitions() {
            List<Integer> ends = new ArrayList<>();
            for (int i = 1; i <= items.size(); i++) {
                if (i == items.size()
                        || items.get(i).spot.partition()
                                != items.get(i - 1).spot.partition()) {
                    ends.add(i);
                }
            }
            return ends;
        }

        private void addItem(int i, Arguments arguments) {
            Item<K, V> item = items.get(i);
            Change<V> change = item.change;
            arguments.key(item.spot.entry());
            if (change.condition() instanceof Condition.Is) {
                arguments.key(item.spot.lock());
            }
            arguments.add(i > 0 && isAlike(i - 1, i) ? AS_BEFORE : Wording.how(change, bodies.get(i)));
            arguments.add(item.spot.wire());
            if (!change.isRemoval()) {
                arguments.add(bodies.get(i).tail());
            }
        }

        private boolean isAlike(int one, int other) {
            return Wording.isAlike(items.get(one).change, bodies.get(one), items.get(other).change, bodies.get(other));
        }

        private void finish() {
            Sent awaited = Objects.requireNonNull(sent, "a chunk is sent before it is awaited");
            ManyReplies told;
            try {
                told = new ManyReplies(awaited.call.reply());
            } catch (FarTierUnavailableException e) {
                items.forEach(item -> unanswered.tell(item.key, e));
                return;
            }
            told.forEachEnded(
                    (i, entry) -> single.endings().told(items.get(i).spot.key(), entry));
            for (int i = 0; i < items.size(); i++) {
                finish(items.get(i), bodies.get(i), awaited.nonce, told.next());
            }
        }

        private void finish(Item<K, V> item, Body body, long nonce, Told told) {
            try {
                boolean left = told.status() == Wording.LOCKED || told.status() == Wording.WITHHELD;
                Reply<V> reply = left ? null : reply(item, nonce, told);
                replies.accept(item.key, reply == null ? single.apply(item.spot, item.change, body) : reply);
            } catch (FarTierUnavailableException e) {
                unanswered.tell(item.key, e);
            }
        }

        /** Returns the reply, or null if the change is to be made alone, for it met what cannot be read here. */
        private @Nullable Reply<V> reply(Item<K, V> item, long nonce, Told told) {
            Reply<V> reply = wording.reply(item.spot, item.change, nonce, told);
            boolean absent = item.change.condition() instanceof Condition.Absent;
            return absent && wording.unreadable(item.spot, reply, told) != null ? null : reply;
        }
    }
}
