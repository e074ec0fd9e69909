package io.nearfar.config;

import io.nearfar.InvalidationDeclaration;
import io.nearfar.config.InvalidationTemplate.Segment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Something that is wrong with the declaration of an invalidation.
 *
 * @param part the setting that says it, or would
 * @param what what is wrong and what to write instead, a sentence without its capital
 */
record InvalidationFault(Setting<?> part, String what) {
    private static final int LONGEST = 200;
    private static final int LONGEST_PATTERN = 100;
    private static final int MOST = 32;

    /** Finds all in one declaration. */
    private static final class Search {
        private final InvalidationDeclaration declaration;
        private final List<InvalidationFault> found = new ArrayList<>();
        private final Set<String> used = new HashSet<>();

        Search(InvalidationDeclaration declaration) {
            this.declaration = declaration;
        }

        List<InvalidationFault> all() {
            names();
            if (!declaration.entities().isEmpty()
                    && Kinds.ENTITIES.parse(String.join(",", declaration.entities())) == null) {
                add(InvalidationTable.ENTITIES, "not allowed. Write " + Kinds.ENTITIES.allowed() + ".");
            }
            templates(InvalidationTable.TAGS, declaration.tags(), LONGEST);
            templates(InvalidationTable.KEYS, declaration.keys(), LONGEST);
            templates(InvalidationTable.PREFIXES, declaration.prefixes(), LONGEST);
            templates(InvalidationTable.PATTERNS, declaration.patterns(), LONGEST_PATTERN);
            if (found.isEmpty()) {
                whole();
            }
            return found;
        }

        private void names() {
            if (Kinds.INVALIDATION_NAME.parse(declaration.name()) == null) {
                add(
                        InvalidationTable.CACHES,
                        "the name of an invalidation is " + Kinds.INVALIDATION_NAME.allowed() + ".");
            }
            if (!declaration.parameters().isEmpty()
                    && Kinds.PARAMETERS.parse(String.join(",", declaration.parameters())) == null) {
                add(InvalidationTable.PARAMETERS, "not allowed. Write " + Kinds.PARAMETERS.allowed() + ".");
            }
            if (declaration.caches().isEmpty()) {
                add(
                        InvalidationTable.CACHES,
                        "the invalidation names no caches. Name them, or write * for all that are open.");
            }
        }

        private void templates(Setting<?> part, List<String> texts, int longest) {
            if (texts.size() > MOST) {
                add(part, "there are " + texts.size() + ", more than " + MOST + ". Declare several invalidations.");
            }
            for (String text : texts) {
                try {
                    InvalidationTemplate template = InvalidationTemplate.read(text, declaration.parameters(), longest);
                    used.addAll(template.parameters());
                    if (part == InvalidationTable.PATTERNS) {
                        pattern(template);
                    }
                } catch (IllegalArgumentException e) {
                    add(part, "\"" + text + "\" " + e.getMessage() + ".");
                }
            }
        }

        /** Each piece must be right by itself, for a value has no meaning that could end what a piece begins. */
        private void pattern(InvalidationTemplate template) {
            template.segments().stream()
                    .map(Segment::literal)
                    .map(PatternSyntax::fault)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .ifPresent(fault ->
                            add(InvalidationTable.PATTERNS, "the pattern \"" + template.text() + "\" " + fault + "."));
        }

        private void whole() {
            boolean ends = Search.isSomething(declaration);
            if (declaration.clear() && ends) {
                add(
                        InvalidationTable.CLEAR,
                        "all entries of the caches end, so that tags, keys, prefixes and patterns have no effect."
                                + " Leave them out, or declare two invalidations.");
            } else if (!declaration.clear() && !ends) {
                add(
                        InvalidationTable.CACHES,
                        "the invalidation ends nothing in them. Give it tags, keys, prefixes or patterns, or clear.");
            }
            if (declaration.clear() && declaration.soft()) {
                add(
                        InvalidationTable.SOFT,
                        "a clear leaves nothing that could answer. Leave soft out, or write the pattern * in the place of"
                                + " clear.");
            }
            declaration.parameters().stream()
                    .filter(parameter -> !used.contains(parameter))
                    .forEach(parameter -> add(
                            InvalidationTable.PARAMETERS,
                            "the parameter " + parameter + " stands nowhere. Write {" + parameter
                                    + "} in what ends, or leave it out."));
        }

        private static boolean isSomething(InvalidationDeclaration declaration) {
            return !declaration.tags().isEmpty()
                    || !declaration.keys().isEmpty()
                    || !declaration.prefixes().isEmpty()
                    || !declaration.patterns().isEmpty();
        }

        private void add(Setting<?> part, String what) {
            found.add(new InvalidationFault(part, what));
        }
    }

    /** Returns all that is wrong with a declaration. */
    static List<InvalidationFault> in(InvalidationDeclaration declaration) {
        return new Search(declaration).all();
    }

    @Override
    public String toString() {
        return part.name() + ": " + what;
    }
}
