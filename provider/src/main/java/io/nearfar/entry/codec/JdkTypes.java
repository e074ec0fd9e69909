package io.nearfar.entry.codec;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The types of the JDK that may come out of any cache, each by name: values and collections whose reading back runs
 * nothing but their own code. Absent on purpose is whatever resolves names, opens connections, holds code or calls an
 * arbitrary object when it is read, such as {@code java.net.URL} and serialized lambdas.
 */
final class JdkTypes {
    private static final Set<String> VALUES = names(
            "java.lang.",
            "String StringBuilder StringBuffer AbstractStringBuilder Boolean Character Number Byte Short Integer Long"
                    + " Float Double Object Enum Record StackTraceElement Throwable Exception RuntimeException Error"
                    + " ArithmeticException ArrayIndexOutOfBoundsException ClassCastException"
                    + " CloneNotSupportedException IllegalArgumentException IllegalStateException"
                    + " IndexOutOfBoundsException InterruptedException NegativeArraySizeException"
                    + " NullPointerException NumberFormatException SecurityException StringIndexOutOfBoundsException"
                    + " UnsupportedOperationException");
    private static final Set<String> COLLECTIONS = names(
            "java.util.",
            "ArrayList LinkedList Vector Stack ArrayDeque PriorityQueue HashMap LinkedHashMap TreeMap Hashtable"
                    + " Properties IdentityHashMap EnumMap HashSet LinkedHashSet TreeSet BitSet CollSer"
                    + " EnumSet EnumSet$SerializationProxy RegularEnumSet JumboEnumSet Arrays$ArrayList"
                    + " AbstractMap$SimpleEntry AbstractMap$SimpleImmutableEntry"
                    + " AbstractCollection AbstractList AbstractSequentialList AbstractSet AbstractMap AbstractQueue"
                    + " Dictionary Date UUID Locale Currency Calendar GregorianCalendar TimeZone SimpleTimeZone"
                    + " ConcurrentModificationException NoSuchElementException MissingResourceException");
    private static final Set<String> WRAPPERS = names(
            "java.util.Collections$",
            "EmptyList EmptySet EmptyMap SingletonList SingletonSet SingletonMap SetFromMap ReverseComparator"
                    + " ReverseComparator2 UnmodifiableCollection UnmodifiableList UnmodifiableRandomAccessList"
                    + " UnmodifiableSet UnmodifiableSequencedCollection UnmodifiableSequencedSet"
                    + " UnmodifiableSortedSet UnmodifiableNavigableSet UnmodifiableMap UnmodifiableSequencedMap"
                    + " UnmodifiableSortedMap UnmodifiableNavigableMap"
                    + " UnmodifiableMap$UnmodifiableEntrySet UnmodifiableNavigableSet$EmptyNavigableSet"
                    + " UnmodifiableNavigableMap$EmptyNavigableMap SynchronizedCollection SynchronizedList"
                    + " SynchronizedRandomAccessList SynchronizedSet SynchronizedSortedSet SynchronizedNavigableSet"
                    + " SynchronizedMap SynchronizedSortedMap SynchronizedNavigableMap");
    private static final Set<String> CONCURRENT = names(
            "java.util.concurrent.",
            "ConcurrentHashMap ConcurrentHashMap$Segment ConcurrentHashMap$KeySetView ConcurrentHashMap$CollectionView"
                    + " ConcurrentSkipListMap ConcurrentSkipListSet CopyOnWriteArrayList CopyOnWriteArraySet"
                    + " ConcurrentLinkedQueue ConcurrentLinkedDeque LinkedBlockingQueue LinkedBlockingDeque TimeUnit"
                    + " atomic.AtomicBoolean atomic.AtomicInteger atomic.AtomicLong atomic.AtomicReference"
                    + " atomic.AtomicIntegerArray atomic.AtomicLongArray"
                    + " atomic.LongAdder atomic.LongAdder$SerializationProxy atomic.DoubleAdder"
                    + " atomic.DoubleAdder$SerializationProxy atomic.Striped64"
                    + " locks.ReentrantLock locks.ReentrantLock$Sync locks.ReentrantLock$NonfairSync"
                    + " locks.AbstractQueuedSynchronizer locks.AbstractOwnableSynchronizer"
                    + " TimeoutException ExecutionException CancellationException CompletionException");
    private static final Set<String> OTHERS = Set.of(
            "java.math.BigInteger",
            "java.math.BigDecimal",
            "java.math.MathContext",
            "java.math.RoundingMode",
            "java.net.URI",
            "java.net.InetAddress",
            "java.net.Inet4Address",
            "java.net.Inet6Address",
            "java.net.InetSocketAddress",
            "java.sql.Date",
            "java.sql.Time",
            "java.sql.Timestamp",
            "java.io.Serializable",
            "java.io.IOException",
            "java.io.FileNotFoundException",
            "java.io.UncheckedIOException",
            "java.lang.String$CaseInsensitiveComparator",
            "java.util.Comparators$NaturalOrderComparator",
            "java.util.Locale$Category",
            "sun.util.calendar.ZoneInfo");

    private static final Set<String> NAMES = Stream.of(VALUES, COLLECTIONS, WRAPPERS, CONCURRENT, OTHERS)
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableSet());

    /** Whatever a process has put itself, these are not learned from it; only a setting allows them. */
    private static final List<String> NEVER_LEARNED = List.of(
            "java.lang.invoke.",
            "java.lang.reflect.",
            "java.rmi.",
            "java.security.",
            "java.beans.",
            "java.net.URL",
            "javax.management.",
            "javax.naming.",
            "javax.swing.",
            "javax.script.",
            "sun.",
            "com.sun.",
            "jdk.");

    private static final List<String> PLATFORM = List.of("java.", "javax.", "jakarta.", "jdk.", "sun.", "com.sun.");

    private JdkTypes() {}

    /** Tells whether the class of that name may come out of any cache. {@code java.time} is values through and through. */
    static boolean isValue(String name) {
        return NAMES.contains(name) || name.startsWith("java.time.");
    }

    /** Tells whether a class must be allowed by name even if this process has put an object of it. */
    static boolean isNeverLearned(String name) {
        return NEVER_LEARNED.stream().anyMatch(name::startsWith);
    }

    /** Tells whether the name belongs to the JDK or to Jakarta, whose packages are never trusted as a whole. */
    static boolean isPlatform(String name) {
        return PLATFORM.stream().anyMatch(name::startsWith);
    }

    private static Set<String> names(String start, String ends) {
        return Stream.of(ends.split(" ", -1)).map(start::concat).collect(Collectors.toUnmodifiableSet());
    }
}
