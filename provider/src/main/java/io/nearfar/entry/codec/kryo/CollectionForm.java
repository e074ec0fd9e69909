package io.nearfar.entry.codec.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The JDK's collections that anybody can make: the comparator where there may be one, then the items. */
@SuppressWarnings("JdkObsolete") // users have them
final class CollectionForm extends Serializer<Collection<Object>> {
    private static final Map<Class<?>, Supplier<Collection<Object>>> PLAIN = Map.of(
            ArrayList.class, ArrayList::new,
            LinkedList.class, LinkedList::new,
            Vector.class, Vector::new,
            ArrayDeque.class, ArrayDeque::new,
            HashSet.class, HashSet::new,
            LinkedHashSet.class, LinkedHashSet::new,
            ConcurrentLinkedQueue.class, ConcurrentLinkedQueue::new,
            ConcurrentLinkedDeque.class, ConcurrentLinkedDeque::new,
            CopyOnWriteArrayList.class, CopyOnWriteArrayList::new);
    private static final Map<Class<?>, Function<Comparator<Object>, Collection<Object>>> SORTED = Map.of(
            TreeSet.class, TreeSet::new,
            ConcurrentSkipListSet.class, ConcurrentSkipListSet::new,
            PriorityQueue.class, PriorityQueue::new);

    static boolean has(Class<?> type) {
        return PLAIN.containsKey(type) || SORTED.containsKey(type);
    }

    @Override
    public void write(Kryo session, Output out, Collection<Object> items) {
        if (SORTED.containsKey(items.getClass())) {
            session.writeClassAndObject(out, comparator(items));
        }
        Object[] all = items.toArray();
        out.writeVarInt(all.length, true);
        for (Object item : all) {
            session.writeClassAndObject(out, item);
        }
    }

    private static @Nullable Object comparator(Collection<?> items) {
        return items instanceof SortedSet<?> set ? set.comparator() : ((PriorityQueue<?>) items).comparator();
    }

    @Override
    public Collection<Object> read(Kryo session, Input in, Class<? extends Collection<Object>> type) {
        Collection<Object> items = made(session, in, type);
        session.reference(items);
        for (int left = ((BoundedInput) in).readCount(1); left > 0; left--) {
            items.add(session.readClassAndObject(in));
        }
        return items;
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // without a comparator these take null
    private static Collection<Object> made(Kryo session, Input in, Class<?> type) {
        Supplier<Collection<Object>> plain = PLAIN.get(type);
        return plain == null
                ? SORTED.get(type).apply((Comparator<Object>) session.readClassAndObject(in))
                : plain.get();
    }
}
