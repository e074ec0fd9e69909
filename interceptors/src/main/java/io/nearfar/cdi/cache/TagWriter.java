package io.nearfar.cdi.cache;

import io.nearfar.cdi.method.Property;
import io.nearfar.cdi.method.TagText;
import io.nearfar.cdi.method.TagText.Place;
import io.nearfar.cdi.method.TagText.Segment;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/** Writes the tags of a call, or texts about an object. One for each annotated method. Safe for use by several threads. */
public final class TagWriter {
    /** More are hardly meant, and would take the memory of the process. */
    private static final int MOST = 100_000;

    /** How deep collections in collections are opened. */
    private static final int DEPTH = 4;

    private final List<TagText> texts;
    private final Function<Object, String> written;
    private final Map<Class<?>, Map<String, Optional<Property>>> properties = new ConcurrentHashMap<>();

    /** Creates one that writes these texts. */
    public TagWriter(List<TagText> texts) {
        this(texts, String::valueOf);
    }

    /** Creates one that writes these texts, and each value in a place as {@code written} has it. */
    TagWriter(List<TagText> texts, Function<Object, String> written) {
        this.texts = texts;
        this.written = written;
    }

    /** Tells whether there is nothing to write, whatever the call. */
    public boolean isIdle() {
        return texts.isEmpty();
    }

    /**
     * Returns the tags of a call, each once.
     *
     * @param result what the method returned, or null if that is nothing or not known
     * @throws RuntimeException if a property cannot be read, or one text stands for more than a hundred thousand tags
     */
    Set<String> tags(Invocation call, @Nullable Object result) {
        return tags(
                place -> place.isOfResult() ? result : call.argument(place.position()),
                () -> "a call of " + call.getMethod());
    }

    /**
     * Returns the texts about one object, whose properties all places name; each once.
     *
     * @throws RuntimeException if a property cannot be read, or one text stands for more than a hundred thousand texts
     */
    public Set<String> texts(Object root) {
        return tags(place -> root, () -> "a " + root.getClass().getName());
    }

    /**
     * Returns the tags about what {@code roots} finds for each place, each once.
     *
     * @param what says in messages what the tags are for
     * @throws RuntimeException if a property cannot be read, or one text stands for more than a hundred thousand tags
     */
    public Set<String> tags(Function<Place, @Nullable Object> roots, Supplier<String> what) {
        Set<String> tags = new LinkedHashSet<>();
        try {
            texts.forEach(text -> tags.addAll(tags(text, roots)));
        } catch (StackOverflowError
                | LinkageError e) { // of the application's toString or getter; no method fails for it
            throw new CacheException("The tags of " + what.get() + " could not be written", e);
        }
        return tags;
    }

    private List<String> tags(TagText text, Function<Place, @Nullable Object> roots) {
        List<String> tags = List.of("");
        for (Segment segment : text.segments()) {
            Place place = segment.place();
            List<String> ends = place == null
                    ? List.of(segment.literal())
                    : found(place, roots.apply(place)).stream()
                            .map(each -> segment.literal() + written.apply(each))
                            .toList();
            tags = combined(text, tags, ends);
        }
        return tags;
    }

    private static List<String> combined(TagText text, List<String> beginnings, List<String> ends) {
        if ((long) beginnings.size() * ends.size() > MOST) {
            throw new CacheException("The tag \"" + text.text() + "\" stands for more than " + MOST
                    + " tags at this call; use a coarser one");
        }
        List<String> all = new ArrayList<>(beginnings.size() * ends.size());
        beginnings.forEach(beginning -> ends.forEach(end -> all.add(beginning + end)));
        return all;
    }

    private List<Object> found(Place place, @Nullable Object root) {
        List<Object> found = new ArrayList<>();
        open(root, DEPTH, found);
        for (String name : place.path()) {
            List<Object> next = new ArrayList<>();
            found.forEach(each -> open(property(each.getClass(), name).get(each), DEPTH, next));
            found = next;
        }
        return found;
    }

    private Property property(Class<?> type, String name) {
        return properties
                .computeIfAbsent(type, none -> new ConcurrentHashMap<>())
                .computeIfAbsent(name, none -> Optional.ofNullable(Property.of(type, name)))
                .orElseThrow(() -> new CacheException("A tag names the property " + name + ", and " + type.getName()
                        + " has none of that name: no public method " + name + "() or get…, and no public field"));
    }

    /** Adds what is in a collection, array or optional; or the object itself, or nothing for null. */
    private static void open(@Nullable Object object, int depth, List<Object> contents) {
        if (object instanceof Optional<?> optional) {
            open(optional.orElse(null), depth, contents);
        } else if (object instanceof Collection<?> several && depth > 0) {
            several.forEach(each -> open(each, depth - 1, contents));
        } else if (object != null && object.getClass().isArray() && depth > 0) {
            for (int i = 0; i < Array.getLength(object); i++) {
                open(Array.get(object, i), depth - 1, contents);
            }
        } else if (object != null) {
            contents.add(object);
        }
    }
}
