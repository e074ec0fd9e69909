package io.nearfar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An invalidation that has a name and parameters: said once what it ends and in which caches, and fired by its name wherever it
 * is needed. Settings declare them as {@code nearfar.invalidation.<name>.…}, code by {@link NearfarManager#declare}. Immutable;
 * each method returns a declaration that differs in one thing.
 *
 * <pre>{@code
 * manager.declare(InvalidationDeclaration.of("user", "id")
 *         .withCaches("people", "feed-*")
 *         .withTags("user:{id}")
 *         .withPatterns("feed:{id}:*"));
 * manager.invalidate("user", 7);
 * }</pre>
 *
 * <p>Tags, keys, prefixes and patterns are templates: a parameter's name in braces stands for its value, and a brace itself is
 * written twice. A value is exactly a value: nothing in it is a wildcard, a brace or a backslash to a pattern. A template must
 * not be empty or longer than 200 characters, of a pattern 100, and of each kind there are 32 at most.
 *
 * @param name 1 to 64 letters and digits of ASCII, and hyphens; large and small letters are the same
 * @param parameters the names of what differs each time, in the order in which they can be given; 8 at most
 * @param caches the names of the caches that are meant; {@code *} stands for any characters
 * @param tags tags of entries that end, see {@link NearfarCache#invalidateTags}
 * @param keys keys of entries that end, by what a person reads in them, see {@link NearfarCache#invalidatePattern}
 * @param prefixes what the keys of entries that end begin with, see {@link NearfarCache#invalidatePrefix}
 * @param patterns what the keys of entries that end match, see {@link NearfarCache#invalidatePattern}
 * @param clear whether all entries end
 * @param entities the full names of JPA entity classes: whenever an object of one of them, or of a class below it, has changed, it is
 *     fired with the attributes that its parameters name
 * @param soft whether entries end as if their time were over, see {@link NearfarCache#expire}; not with {@code clear}
 */
public record InvalidationDeclaration(
        String name,
        List<String> parameters,
        List<String> caches,
        List<String> tags,
        List<String> keys,
        List<String> prefixes,
        List<String> patterns,
        boolean clear,
        List<String> entities,
        boolean soft) {
    /**
     * Creates one; what is wrong with it beside null is told when it is declared.
     *
     * @throws NullPointerException if something is null
     */
    public InvalidationDeclaration {
        Objects.requireNonNull(name, "The name of an invalidation is null");
        parameters = copy(name, "parameters", parameters);
        caches = copy(name, "caches", caches);
        tags = copy(name, "tags", tags);
        keys = copy(name, "keys", keys);
        prefixes = copy(name, "prefixes", prefixes);
        patterns = copy(name, "patterns", patterns);
        entities = copy(name, "entities", entities);
    }

    private static List<String> copy(String name, String what, List<String> texts) {
        Objects.requireNonNull(
                texts, () -> "The " + what + " of the invalidation " + name + " are null; none is empty");
        texts.forEach(text -> Objects.requireNonNull(
                text, () -> "One of the " + what + " of the invalidation " + name + " is null; leave it out"));
        return List.copyOf(texts);
    }

    /**
     * Returns one that ends nothing yet.
     *
     * @throws NullPointerException if something is null
     */
    public static InvalidationDeclaration of(String name, String... parameters) {
        return new InvalidationDeclaration(
                name,
                Arrays.asList(parameters),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                false,
                List.of(),
                false);
    }

    /** Returns the same with these caches more. */
    public InvalidationDeclaration withCaches(String... more) {
        return new InvalidationDeclaration(
                name, parameters, joined(caches, more), tags, keys, prefixes, patterns, clear, entities, soft);
    }

    /** Returns the same with these tags more. */
    public InvalidationDeclaration withTags(String... more) {
        return new InvalidationDeclaration(
                name, parameters, caches, joined(tags, more), keys, prefixes, patterns, clear, entities, soft);
    }

    /** Returns the same with these keys more. */
    public InvalidationDeclaration withKeys(String... more) {
        return new InvalidationDeclaration(
                name, parameters, caches, tags, joined(keys, more), prefixes, patterns, clear, entities, soft);
    }

    /** Returns the same with these prefixes more. */
    public InvalidationDeclaration withPrefixes(String... more) {
        return new InvalidationDeclaration(
                name, parameters, caches, tags, keys, joined(prefixes, more), patterns, clear, entities, soft);
    }

    /** Returns the same with these patterns more. */
    public InvalidationDeclaration withPatterns(String... more) {
        return new InvalidationDeclaration(
                name, parameters, caches, tags, keys, prefixes, joined(patterns, more), clear, entities, soft);
    }

    /** Returns the same, which ends all entries. */
    public InvalidationDeclaration withClear() {
        return new InvalidationDeclaration(
                name, parameters, caches, tags, keys, prefixes, patterns, true, entities, soft);
    }

    /**
     * Returns the same, which is also fired when objects of these JPA entities have changed: classes by their full names. Each
     * parameter then gets the attribute of its name; {@code address.city} is an attribute of an attribute.
     */
    public InvalidationDeclaration withEntities(String... more) {
        return new InvalidationDeclaration(
                name, parameters, caches, tags, keys, prefixes, patterns, clear, joined(entities, more), soft);
    }

    /** Returns the same, by which entries end as if their time were over, see {@link NearfarCache#expireTags}. */
    public InvalidationDeclaration withSoft() {
        return new InvalidationDeclaration(
                name, parameters, caches, tags, keys, prefixes, patterns, clear, entities, true);
    }

    private static List<String> joined(List<String> some, String... more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(Arrays.asList(more));
        return all;
    }

    /** Tells whether a cache of that name is meant. */
    public boolean concerns(String cache) {
        return caches.stream().anyMatch(each -> matches(each, cache));
    }

    private static boolean matches(String pattern, String cache) {
        String regex = Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(regex, Pattern.DOTALL).matcher(cache).matches();
    }

    /** Returns name and parameters, as in {@code user(id)}. */
    public String signature() {
        return name + "(" + String.join(", ", parameters) + ")";
    }
}
