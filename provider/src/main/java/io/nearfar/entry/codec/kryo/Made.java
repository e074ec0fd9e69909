package io.nearfar.entry.codec.kryo;

import com.esotericsoftware.kryo.KryoException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The JDK's collections, maps and optionals that only their makers can make; numbers are part of the format. */
@SuppressWarnings("ImmutableEnumChecker") // the set is a copy, and the functions keep nothing
enum Made {
    LIST_OF(1, "ImmutableCollections$List12 ImmutableCollections$ListN ImmutableCollections$SubList", Made::listOf),
    SET_OF(2, "ImmutableCollections$Set12 ImmutableCollections$SetN", items -> Set.of(items.toArray())),
    MAP_OF(3, "ImmutableCollections$Map1 ImmutableCollections$MapN", items -> Map.copyOf(mappings(items))),
    UNMODIFIABLE_LIST(
            4,
            "Collections$UnmodifiableList Collections$UnmodifiableRandomAccessList Collections$EmptyList"
                    + " Collections$SingletonList",
            Collections::unmodifiableList),
    UNMODIFIABLE_SET(
            5,
            "Collections$UnmodifiableSet Collections$EmptySet Collections$SingletonSet",
            items -> Collections.unmodifiableSet(new LinkedHashSet<>(items))),
    UNMODIFIABLE_MAP(
            6,
            "Collections$UnmodifiableMap Collections$EmptyMap Collections$SingletonMap",
            items -> Collections.unmodifiableMap(mappings(items))),
    AS_LIST(7, "Arrays$ArrayList", items -> Arrays.asList(items.toArray())),
    OPTIONAL(8, "Optional", items -> items.stream().findFirst());

    private final int number;
    private final Set<String> classes;
    private final Function<List<Object>, Object> maker;

    Made(int number, String classes, Function<List<Object>, Object> maker) {
        this.number = number;
        this.classes = Set.of(classes.split(" ", -1));
        this.maker = maker;
    }

    static boolean isMade(Class<?> type) {
        return type.getName().startsWith("java.util.")
                && Arrays.stream(values()).anyMatch(made -> made.makes(type));
    }

    static Made of(Class<?> type) {
        return Arrays.stream(values())
                .filter(made -> made.makes(type))
                .findFirst()
                .orElseThrow();
    }

    static Made of(int number) {
        return Arrays.stream(values())
                .filter(made -> made.number == number)
                .findFirst()
                .orElseThrow(() -> new KryoException("unknown kind of collection " + number));
    }

    private boolean makes(Class<?> type) {
        return classes.contains(type.getName().substring("java.util.".length()));
    }

    int number() {
        return number;
    }

    /** Returns the items, keys and values in turn; of an optional what it holds. */
    static Object[] items(Object made) {
        if (made instanceof Optional<?> optional) {
            return optional.stream().toArray();
        }
        if (made instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .flatMap(each -> Arrays.asList(each.getKey(), each.getValue()).stream())
                    .toArray();
        }
        return ((java.util.Collection<?>) made).toArray();
    }

    Object make(List<Object> items) {
        return maker.apply(items);
    }

    /** What Stream.toList gives may hold null. */
    private static Object listOf(List<Object> items) {
        return items.contains(null) ? Collections.unmodifiableList(items) : List.copyOf(items);
    }

    private static Map<Object, Object> mappings(List<Object> items) {
        if (items.size() % 2 != 0) {
            throw new KryoException("a key without a value");
        }
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < items.size(); i += 2) {
            map.put(items.get(i), items.get(i + 1));
        }
        return map;
    }
}
