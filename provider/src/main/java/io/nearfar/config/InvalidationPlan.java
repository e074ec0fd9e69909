package io.nearfar.config;

import io.nearfar.EntryOptions;
import io.nearfar.InvalidationDeclaration;
import io.nearfar.NamedInvalidation;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A declared invalidation whose texts are read, ready to be fired. Immutable. */
public final class InvalidationPlan {
    /** What can be read of a key is not longer. */
    private static final int LONGEST_READABLE = 200;

    /** A longer pattern has values in it that are longer than what can be read of a key. */
    private static final int LONGEST_PATTERN = 500;

    private static final Pattern SPECIAL = Pattern.compile("[*?\\[\\]\\\\^]");

    private final InvalidationDeclaration declaration;
    private final List<InvalidationTemplate> tags;
    private final List<InvalidationTemplate> keys;
    private final List<InvalidationTemplate> prefixes;
    private final List<InvalidationTemplate> patterns;

    private InvalidationPlan(InvalidationDeclaration declaration) {
        this.declaration = declaration;
        this.tags = read(declaration.tags());
        this.keys = read(declaration.keys());
        this.prefixes = read(declaration.prefixes());
        this.patterns = read(declaration.patterns());
    }

    /**
     * What ends, in each of the caches.
     *
     * @param tags whose entries end
     * @param keys what a person reads in the keys of entries that end
     * @param prefixes what the keys of entries that end begin with
     * @param patterns what the keys of entries that end match
     * @param clear whether all entries end
     * @param soft whether they end as if their time were over
     */
    public record Targets(
            Set<String> tags,
            Set<String> keys,
            Set<String> prefixes,
            Set<String> patterns,
            boolean clear,
            boolean soft) {
        private static final Targets ALL = new Targets(Set.of(), Set.of(), Set.of(), Set.of(), true, false);

        /**
         * Returns what ends by any of {@code several}, each once; all, if one of them ends all. What ends softly alone is apart
         * from what does not, and comes after it.
         */
        public static List<Targets> joined(Collection<Targets> several) {
            if (several.stream().anyMatch(Targets::clear)) {
                return List.of(ALL);
            }
            List<Targets> joined = new ArrayList<>();
            for (boolean soft : new boolean[] {false, true}) {
                List<Targets> such =
                        several.stream().filter(each -> each.soft == soft).toList();
                if (!such.isEmpty()) {
                    joined.add(union(such, soft));
                }
            }
            return joined;
        }

        private static Targets union(Collection<Targets> several, boolean soft) {
            return new Targets(
                    union(several, Targets::tags),
                    union(several, Targets::keys),
                    union(several, Targets::prefixes),
                    union(several, Targets::patterns),
                    false,
                    soft);
        }

        private static Set<String> union(Collection<Targets> several, Function<Targets, Set<String>> part) {
            Set<String> union = new LinkedHashSet<>();
            several.forEach(each -> union.addAll(part.apply(each)));
            return union;
        }
    }

    /**
     * Returns the plan of a declaration.
     *
     * @throws IllegalArgumentException if something is wrong with it; names the invalidation, all that is wrong and the cure
     */
    public static InvalidationPlan of(InvalidationDeclaration declaration) {
        List<InvalidationFault> faults = InvalidationFault.in(declaration);
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("The invalidation " + declaration.name() + " cannot be declared: "
                    + faults.stream().map(InvalidationFault::toString).collect(Collectors.joining(" ")));
        }
        return new InvalidationPlan(declaration);
    }

    /** Returns the name by which two that are spelled differently are known to be one. */
    public static String form(String name) {
        return EnvironmentForm.of(name);
    }

    /** Returns what was declared. */
    public InvalidationDeclaration declaration() {
        return declaration;
    }

    private List<InvalidationTemplate> read(List<String> texts) {
        return texts.stream()
                .map(text -> InvalidationTemplate.read(text, declaration.parameters(), Integer.MAX_VALUE))
                .toList();
    }

    /**
     * Returns the invalidation with arguments in the order of the parameters.
     *
     * @throws IllegalArgumentException if there are more or fewer
     */
    public NamedInvalidation with(Object... arguments) {
        Objects.requireNonNull(arguments, () -> "The arguments of " + declaration.signature() + " are null");
        List<String> parameters = declaration.parameters();
        if (arguments.length != parameters.size()) {
            throw new IllegalArgumentException("The invalidation " + declaration.signature() + " is given "
                    + arguments.length + " arguments; give one for each parameter, or a map by their names");
        }
        Map<String, Object> named = new LinkedHashMap<>();
        for (int i = 0; i < arguments.length; i++) {
            named.put(parameters.get(i), arguments[i]);
        }
        return new NamedInvalidation(declaration.name(), named);
    }

    /**
     * Returns what ends with these arguments. Left out is what no entry can carry and no key can show.
     *
     * @throws IllegalArgumentException if one is missing or of no parameter, or they stand for too much
     */
    public Targets targets(Map<String, Object> arguments) {
        check(arguments);
        Map<String, List<String>> values = new HashMap<>();
        arguments.forEach((parameter, argument) -> values.put(parameter, values(argument)));
        return new Targets(
                texts(tags, values, value -> value, InvalidationPlan::canBeCarried),
                texts(keys, values, value -> value, InvalidationTemplate::isUnicode),
                texts(prefixes, values, value -> value, InvalidationPlan::canBegin),
                texts(patterns, values, InvalidationPlan::escaped, InvalidationPlan::canMatch),
                declaration.clear(),
                declaration.soft());
    }

    private void check(Map<String, Object> arguments) {
        for (String parameter : declaration.parameters()) {
            if (!arguments.containsKey(parameter)) {
                throw new IllegalArgumentException("The invalidation " + declaration.signature() + " is given no "
                        + parameter + "; for no value give an empty list");
            }
        }
        for (String argument : arguments.keySet()) {
            if (!declaration.parameters().contains(argument)) {
                throw new IllegalArgumentException("The invalidation " + declaration.signature() + " is given "
                        + argument + ", which is no parameter of it; leave it out, or declare it");
            }
        }
    }

    private static List<String> values(Object argument) {
        if (argument instanceof Optional<?> maybe) {
            return maybe.isPresent() ? values(maybe.get()) : List.of();
        } else if (argument.getClass().isArray()) {
            return values(IntStream.range(0, Array.getLength(argument))
                    .mapToObj(i -> Array.get(argument, i))
                    .collect(Collectors.toCollection(ArrayList::new)));
        }
        if (argument instanceof Collection<?> several) {
            List<String> values = new ArrayList<>();
            several.forEach(each -> values.add(
                    String.valueOf(Objects.requireNonNull(each, "An element of an argument is null; leave it out"))));
            return List.copyOf(values);
        }
        return List.of(String.valueOf(argument));
    }

    private static Set<String> texts(
            List<InvalidationTemplate> templates,
            Map<String, List<String>> values,
            UnaryOperator<String> written,
            Predicate<String> possible) {
        Set<String> texts = new LinkedHashSet<>();
        templates.forEach(template ->
                template.texts(values, written).stream().filter(possible).forEach(texts::add));
        return texts;
    }

    private static String escaped(String value) {
        return SPECIAL.matcher(value).replaceAll("\\\\$0");
    }

    private static boolean canBeCarried(String tag) {
        try {
            return EntryOptions.NONE.withTags(tag) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** An empty one would mean all keys, which nobody means who gives an empty value. */
    private static boolean canBegin(String prefix) {
        return !prefix.isEmpty() && prefix.length() <= LONGEST_READABLE && InvalidationTemplate.isUnicode(prefix);
    }

    private static boolean canMatch(String pattern) {
        return !pattern.isEmpty() && pattern.length() <= LONGEST_PATTERN && InvalidationTemplate.isUnicode(pattern);
    }

    /** Returns the pattern that means one text alone, or null if no key of which something can be read can read so. */
    public static @Nullable String exactly(String key) {
        return key.isEmpty() || key.length() > LONGEST_READABLE ? null : escaped(key);
    }
}
