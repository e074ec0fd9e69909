package io.nearfar.cdi.matrix;

import static io.nearfar.cdi.matrix.Cell.Place.CLASS;
import static io.nearfar.cdi.matrix.Cell.Place.GENERIC;
import static io.nearfar.cdi.matrix.Cell.Place.INHERITED;
import static io.nearfar.cdi.matrix.Cell.Place.REPEATED;

import io.nearfar.cdi.annotation.CacheTags;
import io.nearfar.cdi.annotation.InvalidatesCache;
import io.nearfar.cdi.model.ModelEvents;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javax.cache.annotation.CacheResult;

/** {@code @InvalidatesCache}: things of which a change ends entries. */
final class EntityCells {
    static final List<Class<?>> BEANS = List.of(
            Named.class,
            Item.class,
            Gentle.class,
            Firing.class,
            Thing.class,
            Below.class,
            Identified.class,
            Known.class);

    private static final List<Shape> SHAPES = List.of(
            new Shape(CLASS, Item::new, Gentle::new, Firing::new),
            new Shape(REPEATED, Thing::new, Thing::new, Thing::new),
            new Shape(INHERITED, Below::new, Below::new, Below::new),
            new Shape(GENERIC, Known::new, Known::new, Known::new));

    private EntityCells() {}

    /** One annotation. */
    @InvalidatesCache(
            caches = "mx-things",
            tags = "tag-{id}",
            keys = "key-{id}",
            prefixes = "start-{id}",
            patterns = "*-pattern-{id}")
    public static class Item {
        public final String id;

        Item(String id) {
            this.id = id;
        }

        /** For the container. */
        public Item() {
            this("");
        }
    }

    /** Something of which what is kept may answer. */
    @InvalidatesCache(caches = "mx-soft", tags = "tag:{id}", soft = true)
    public static class Gentle {
        public final String id;

        Gentle(String id) {
            this.id = id;
        }

        /** For the container. */
        public Gentle() {
            this("");
        }
    }

    /** Something of which a change has a name. */
    @InvalidatesCache(invalidation = "mx-end", arguments = "id=fired-{id}")
    public static class Firing {
        public final String id;

        Firing(String id) {
            this.id = id;
        }

        /** For the container. */
        public Firing() {
            this("");
        }
    }

    /** Several annotations. */
    @InvalidatesCache(
            caches = "mx-things",
            tags = "tag-{id}",
            keys = "key-{id}",
            prefixes = "start-{id}",
            patterns = "*-pattern-{id}")
    @InvalidatesCache(caches = "mx-soft", tags = "tag:{id}", soft = true)
    @InvalidatesCache(invalidation = "mx-end", arguments = "id=fired-{id}")
    public static class Thing {
        public final String id;

        Thing(String id) {
            this.id = id;
        }

        /** For the container. */
        public Thing() {
            this("");
        }
    }

    /** What is below it. */
    public static class Below extends Thing {
        Below(String id) {
            super(id);
        }

        /** For the container. */
        public Below() {
            this("");
        }
    }

    /** Has an id of which a subclass says what it is. */
    @InvalidatesCache(
            caches = "mx-things",
            tags = "tag-{id}",
            keys = "key-{id}",
            prefixes = "start-{id}",
            patterns = "*-pattern-{id}")
    @InvalidatesCache(caches = "mx-soft", tags = "tag:{id}", soft = true)
    @InvalidatesCache(invalidation = "mx-end", arguments = "id=fired-{id}")
    public abstract static class Identified<K> {
        public final K id;

        Identified(K id) {
            this.id = id;
        }
    }

    /** Says it. */
    public static class Known extends Identified<String> {
        Known(String id) {
            super(id);
        }

        /** For the container. */
        public Known() {
            this("");
        }
    }

    /** Has the entries that changes end. */
    @Singleton
    public static class Named {
        int calls;

        @CacheResult(cacheName = "mx-things")
        @CacheTags("{id}")
        public String find(String id) {
            calls++;
            return id;
        }

        /** Of no cache that the changes concern. */
        @CacheResult(cacheName = "mx-no-things")
        @CacheTags("{id}")
        public String findElsewhere(String id) {
            calls++;
            return id;
        }
    }

    /** Things at which the annotations stand at one kind of place, each made of its id. */
    private record Shape(
            Cell.Place place,
            Function<String, Object> thing,
            Function<String, Object> gentle,
            Function<String, Object> firing) {}

    static List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (Shape shape : SHAPES) {
            String id = shape.place() + "-";
            add(
                    cells,
                    shape,
                    "caches",
                    beans -> isKeptElsewhere(
                                    beans, "tag-" + id + "c", shape.thing().apply(id + "c"))
                            && ends(beans, "tag-" + id + "c", shape.thing().apply(id + "c")));
            add(cells, shape, "tags", beans -> endsAlone(beans, shape, "tag-" + id + "t", id + "t"));
            add(cells, shape, "keys", beans -> endsAlone(beans, shape, "key-" + id + "k", id + "k"));
            add(cells, shape, "prefixes", beans -> endsAlone(beans, shape, "start-" + id + "p-and-more", id + "p"));
            add(cells, shape, "patterns", beans -> endsAlone(beans, shape, "a-pattern-" + id + "x", id + "x"));
            add(
                    cells,
                    shape,
                    "soft",
                    beans -> TagCells.endsSoftly(
                            beans, id + "s", () -> changed(beans, shape.gentle().apply(id + "s"))));
            add(
                    cells,
                    shape,
                    "invalidation",
                    beans -> TagCells.ends(
                            beans,
                            "fired-" + id + "i",
                            () -> changed(beans, shape.firing().apply(id + "i"))));
            add(
                    cells,
                    shape,
                    "arguments",
                    beans -> !TagCells.ends(
                            beans,
                            "fired-" + id + "a",
                            () -> changed(beans, shape.firing().apply(id + "b"))));
        }
        cells.add(new Cell(
                InvalidatesCache.List.class, "value", REPEATED, beans -> ends(beans, "key-12", new Thing("12"))));
        return cells;
    }

    private static void add(List<Cell> cells, Shape shape, String member, Cell.Check check) {
        cells.add(new Cell(InvalidatesCache.class, member, shape.place(), check));
    }

    private static String changed(Beans beans, Object thing) {
        beans.of(ModelEvents.class).changed(thing);
        return "";
    }

    /** Tells whether the change of one thing ends an entry, and that of another does not. */
    private static boolean endsAlone(Beans beans, Shape shape, String entry, String id) {
        return !ends(beans, entry, shape.thing().apply("of another"))
                && ends(beans, entry, shape.thing().apply(id));
    }

    private static boolean isKeptElsewhere(Beans beans, String id, Object thing) {
        Named named = beans.of(Named.class);
        named.findElsewhere(id);
        int before = named.calls;
        changed(beans, thing);
        named.findElsewhere(id);
        return named.calls == before;
    }

    private static boolean ends(Beans beans, String id, Object thing) {
        Named named = beans.of(Named.class);
        named.find(id);
        int before = named.calls;
        named.find(id);
        boolean isKept = named.calls == before;
        changed(beans, thing);
        named.find(id);
        return isKept && named.calls == before + 1;
    }
}
