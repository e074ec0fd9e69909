package io.nearfar.entry.copy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Calendar;
import java.util.Collections;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** How the JDK's values and collections are copied, by class name; those not named here go by their serialized form. */
final class JdkPlans {
    private static final Map<String, Plan> BY_NAME = new HashMap<>();

    static {
        putFixed();
        putMutableValues();
        putCollections();
        putMaps();
        putUnmodifiable();
    }

    private JdkPlans() {}

    /** Returns the plan of a class of the JDK. */
    static Plan of(Class<?> type) {
        return BY_NAME.getOrDefault(type.getName(), Plan.BY_BYTES);
    }

    /** Returns the names of all classes that have a plan. */
    static Set<String> names() {
        return Collections.unmodifiableSet(BY_NAME.keySet());
    }

    private static void putFixed() {
        for (String name : List.of(
                "java.math.BigInteger",
                "java.math.BigDecimal",
                "java.math.MathContext",
                "java.net.Inet4Address",
                "java.net.Inet6Address",
                "java.net.InetSocketAddress",
                "java.lang.StackTraceElement",
                "java.lang.String$CaseInsensitiveComparator",
                "java.util.Locale",
                "java.util.Currency",
                "java.util.Collections$ReverseComparator",
                "java.util.Collections$EmptyList",
                "java.util.Collections$EmptySet",
                "java.util.Collections$EmptyMap")) {
            BY_NAME.put(name, Plan.FIXED);
        }
    }

    @SuppressWarnings({"rawtypes", "JdkObsolete"}) // what values are made of is not ours to choose
    private static void putMutableValues() {
        for (String name : List.of("java.util.Date", "java.sql.Date", "java.sql.Time", "java.sql.Timestamp")) {
            BY_NAME.put(name, value(Date.class, Date::clone));
        }
        BY_NAME.put("java.util.GregorianCalendar", value(Calendar.class, Calendar::clone));
        BY_NAME.put("java.util.BitSet", value(BitSet.class, BitSet::clone));
        BY_NAME.put("java.util.RegularEnumSet", value(EnumSet.class, EnumSet::clone));
        BY_NAME.put("java.util.JumboEnumSet", value(EnumSet.class, EnumSet::clone));
        putValue(StringBuilder.class, StringBuilder::new);
        putValue(StringBuffer.class, StringBuffer::new);
        putValue(AtomicInteger.class, it -> new AtomicInteger(it.get()));
        putValue(AtomicLong.class, it -> new AtomicLong(it.get()));
        putValue(AtomicBoolean.class, it -> new AtomicBoolean(it.get()));
    }

    @SuppressWarnings("JdkObsolete") // what values are made of is not ours to choose
    private static void putCollections() {
        BY_NAME.put("java.util.ArrayList", JdkCollections.filled(ArrayList::new));
        BY_NAME.put("java.util.Vector", JdkCollections.filled(Vector::new));
        BY_NAME.put("java.util.LinkedList", JdkCollections.filled(size -> new LinkedList<>()));
        BY_NAME.put("java.util.ArrayDeque", JdkCollections.filled(ArrayDeque::new));
        BY_NAME.put("java.util.HashSet", JdkCollections.filled(size -> new HashSet<>(JdkCollections.capacity(size))));
        BY_NAME.put(
                "java.util.LinkedHashSet",
                JdkCollections.filled(size -> new LinkedHashSet<>(JdkCollections.capacity(size))));
    }

    @SuppressWarnings("rawtypes") // a class has no type arguments
    private static void putMaps() {
        BY_NAME.put("java.util.HashMap", JdkMaps.filled(size -> new HashMap<>(JdkCollections.capacity(size))));
        BY_NAME.put(
                "java.util.concurrent.ConcurrentHashMap",
                JdkMaps.filled(size -> new ConcurrentHashMap<>(JdkCollections.capacity(size))));
        BY_NAME.put("java.util.LinkedHashMap", JdkMaps.cloned(LinkedHashMap.class, LinkedHashMap::clone));
        BY_NAME.put("java.util.TreeMap", JdkMaps.cloned(TreeMap.class, TreeMap::clone));
        BY_NAME.put("java.util.EnumMap", JdkMaps.cloned(EnumMap.class, EnumMap::clone));
        BY_NAME.put("java.util.ImmutableCollections$MapN", JdkMaps::unmodifiable);
        BY_NAME.put("java.util.ImmutableCollections$Map1", JdkMaps::unmodifiable);
    }

    private static void putUnmodifiable() {
        BY_NAME.put(
                "java.util.Collections$UnmodifiableRandomAccessList",
                JdkCollections.rebuilt(them -> Collections.unmodifiableList(new ArrayList<>(Arrays.asList(them)))));
        BY_NAME.put("java.util.Arrays$ArrayList", JdkCollections.rebuilt(them -> Arrays.asList(them)));
        BY_NAME.put(
                "java.util.Collections$SingletonList", JdkCollections.shared(it -> Collections.singletonList(it[0])));
        BY_NAME.put("java.util.Collections$SingletonSet", JdkCollections.shared(it -> Collections.singleton(it[0])));
        BY_NAME.put("java.util.ImmutableCollections$ListN", JdkCollections.shared(JdkCollections::listOf));
        BY_NAME.put("java.util.ImmutableCollections$List12", JdkCollections.shared(JdkCollections::listOf));
        BY_NAME.put("java.util.ImmutableCollections$SetN", JdkCollections.shared(JdkCollections::setOf));
        BY_NAME.put("java.util.ImmutableCollections$Set12", JdkCollections.shared(JdkCollections::setOf));
    }

    private static <T> void putValue(Class<T> type, Function<T, Object> clone) {
        BY_NAME.put(type.getName(), value(type, clone));
    }

    private static <T> Plan value(Class<T> type, Function<T, Object> clone) {
        return (source, walk) -> clone.apply(type.cast(source));
    }
}
