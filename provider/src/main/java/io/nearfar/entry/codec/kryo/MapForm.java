package io.nearfar.entry.codec.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** The JDK's maps that anybody can make: the comparator where there may be one, then keys and values. */
@SuppressWarnings("JdkObsolete") // users have them
final class MapForm extends Serializer<Map<Object, Object>> {
    private static final Map<Class<?>, Supplier<Map<Object, Object>>> PLAIN = Map.of(
            HashMap.class, HashMap::new,
            LinkedHashMap.class, LinkedHashMap::new,
            Hashtable.class, Hashtable::new,
            ConcurrentHashMap.class, ConcurrentHashMap::new);
    private static final Map<Class<?>, Function<Comparator<Object>, Map<Object, Object>>> SORTED =
            Map.of(TreeMap.class, TreeMap::new, ConcurrentSkipListMap.class, ConcurrentSkipListMap::new);

    static boolean has(Class<?> type) {
        return PLAIN.containsKey(type) || SORTED.containsKey(type);
    }

    @Override
    public void write(Kryo session, Output out, Map<Object, Object> map) {
        if (map instanceof SortedMap<?, ?> sorted) {
            session.writeClassAndObject(out, sorted.comparator());
        }
        writeMappings(session, out, map);
    }

    /** Others may put into the map meanwhile, so it is counted and written as of one moment. */
    static void writeMappings(Kryo session, Output out, Map<?, ?> map) {
        Object[] all = map.entrySet().toArray();
        out.writeVarInt(all.length, true);
        for (Object each : all) {
            session.writeClassAndObject(out, ((Map.Entry<?, ?>) each).getKey());
            session.writeClassAndObject(out, ((Map.Entry<?, ?>) each).getValue());
        }
    }

    @Override
    public Map<Object, Object> read(Kryo session, Input in, Class<? extends Map<Object, Object>> type) {
        Map<Object, Object> map = made(session, in, type);
        session.reference(map);
        readMappings(session, in, map);
        return map;
    }

    static void readMappings(Kryo session, Input in, Map<Object, Object> map) {
        for (int left = ((BoundedInput) in).readCount(2); left > 0; left--) {
            Object key = session.readClassAndObject(in);
            map.put(key, session.readClassAndObject(in));
        }
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // without a comparator these take null
    private static Map<Object, Object> made(Kryo session, Input in, Class<?> type) {
        Supplier<Map<Object, Object>> plain = PLAIN.get(type);
        return plain == null
                ? SORTED.get(type).apply((Comparator<Object>) session.readClassAndObject(in))
                : plain.get();
    }
}
