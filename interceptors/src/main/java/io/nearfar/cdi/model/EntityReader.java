package io.nearfar.cdi.model;

import io.nearfar.InvalidationDeclaration;
import io.nearfar.NamedInvalidation;
import io.nearfar.cdi.annotation.InvalidatesCache;
import io.nearfar.cdi.cache.ApplicationManager;
import io.nearfar.cdi.method.Findings;
import io.nearfar.cdi.method.PropertyTypes;
import io.nearfar.cdi.method.TagText;
import io.nearfar.cdi.method.TagTextReader;
import io.nearfar.cdi.method.TypeVariables;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what an entity says of caches, and what settings say of the entity. Used once. */
final class EntityReader {
    private final EntityClass entity;
    private final ApplicationManager manager;
    private final Findings findings;
    private final PropertyTypes properties;
    private final Set<String> identity;
    private final List<EntityRule> rules = new ArrayList<>();

    /** Creates one; what is wrong goes to {@code findings}, and the rest holds. */
    EntityReader(EntityClass entity, ApplicationManager manager, Findings findings) {
        this.entity = entity;
        this.manager = manager;
        this.findings = findings;
        this.properties = new PropertyTypes(new TypeVariables(entity.type()));
        this.identity = entity.identity();
    }

    /**
     * Returns what changes of the entity end.
     *
     * @throws RuntimeException if there is no manager that could tell what is declared
     */
    EntityMapping read() {
        entity.hierarchy()
                .flatMap(type -> Stream.of(type.getDeclaredAnnotationsByType(InvalidatesCache.class)))
                .forEach(this::read);
        Set<String> names = entity.hierarchy().map(Class::getName).collect(Collectors.toSet());
        manager.manager().declaredInvalidations().stream()
                .filter(declaration -> declaration.entities().stream().anyMatch(names::contains))
                .forEach(declaration -> add(declaration, Map.of()));
        return new EntityMapping(List.copyOf(rules));
    }

    private void read(InvalidatesCache annotation) {
        boolean isNamed = !annotation.invalidation().isEmpty();
        if (isNamed == annotation.caches().length > 0
                || isNamed && !texts(annotation).isEmpty()
                || isNamed && annotation.soft()
                || !isNamed && annotation.arguments().length > 0) {
            findings.mistake(ModelTexts.oneOfTwo(entity.type()));
        } else if (isNamed) {
            named(annotation);
        } else {
            inline(annotation);
        }
    }

    private void named(InvalidatesCache annotation) {
        InvalidationDeclaration declaration = manager.manager().declaredInvalidation(annotation.invalidation());
        if (declaration == null) {
            findings.mistake(ModelTexts.unknownInvalidation(entity.type(), annotation.invalidation()));
            return;
        }
        Map<String, TagText> arguments = new LinkedHashMap<>();
        for (String argument : annotation.arguments()) {
            int equals = argument.indexOf('=');
            try {
                if (equals <= 0) {
                    throw new IllegalArgumentException("has no name before an equals sign. Write name={attribute}");
                }
                arguments.put(argument.substring(0, equals), text(argument.substring(equals + 1)));
            } catch (IllegalArgumentException e) {
                findings.mistake(ModelTexts.badText(entity.type(), argument, String.valueOf(e.getMessage())));
                return;
            }
        }
        add(declaration, arguments);
    }

    /** Adds a rule that fires a declared invalidation; parameters without an argument get the attribute of their name. */
    private void add(InvalidationDeclaration declaration, Map<String, TagText> given) {
        for (String parameter : given.keySet()) {
            if (!declaration.parameters().contains(parameter)) {
                findings.mistake(ModelTexts.badArguments(
                        entity.type(), declaration, "is given " + parameter + ", which is no parameter of it"));
                return;
            }
        }
        Map<String, TagText> arguments = new LinkedHashMap<>();
        for (String parameter : declaration.parameters()) {
            TagText text = given.get(parameter);
            try {
                arguments.put(parameter, text == null ? text("{" + parameter + "}") : text);
            } catch (IllegalArgumentException e) {
                findings.mistake(ModelTexts.badArguments(
                        entity.type(), declaration, "needs " + parameter + ": it " + e.getMessage()));
                return;
            }
        }
        rules.add(new EntityRule(declaration.name(), arguments, identity, everything(declaration)));
    }

    /** Adds a rule for texts at the entity itself: the attributes that they name are the parameters of an invalidation. */
    private void inline(InvalidatesCache annotation) {
        Map<String, TagText> arguments = new LinkedHashMap<>();
        for (String text : texts(annotation)) {
            try {
                for (TagText.Segment segment : text(text).segments()) {
                    TagText.Place place = segment.place();
                    if (place != null) {
                        String path = String.join(".", place.path());
                        arguments.put(path, text("{" + path + "}"));
                    }
                }
            } catch (IllegalArgumentException e) {
                findings.mistake(ModelTexts.badText(entity.type(), text, String.valueOf(e.getMessage())));
                return;
            }
        }
        InvalidationDeclaration unnamed = new InvalidationDeclaration(
                "model",
                List.copyOf(arguments.keySet()),
                List.of(annotation.caches()),
                List.of(annotation.tags()),
                List.of(annotation.keys()),
                List.of(annotation.prefixes()),
                List.of(annotation.patterns()),
                texts(annotation).isEmpty(),
                List.of(),
                annotation.soft());
        try {
            InvalidationDeclaration declaration =
                    declared(unnamed, entity.type().getSimpleName());
            rules.add(new EntityRule(declaration.name(), arguments, identity, everything(declaration)));
        } catch (IllegalArgumentException e) {
            findings.mistake(ModelTexts.badDeclaration(entity.type(), String.valueOf(e.getMessage())));
        }
    }

    private static List<String> texts(InvalidatesCache annotation) {
        return Stream.of(annotation.tags(), annotation.keys(), annotation.prefixes(), annotation.patterns())
                .flatMap(Stream::of)
                .toList();
    }

    private TagText text(String text) {
        TagText read = TagTextReader.ofObject(text);
        for (TagText.Segment segment : read.segments()) {
            TagText.Place place = segment.place();
            if (place != null) {
                properties.check(entity.type(), place.path());
            }
        }
        return read;
    }

    /** Returns what ends all entries of the caches of a declaration. */
    private NamedInvalidation everything(InvalidationDeclaration declaration) {
        InvalidationDeclaration all = InvalidationDeclaration.of("model")
                .withCaches(declaration.caches().toArray(String[]::new))
                .withClear();
        return new NamedInvalidation(declared(all, "all").name(), Map.of());
    }

    /** Declares an invalidation under a name that only the same has. */
    private InvalidationDeclaration declared(InvalidationDeclaration unnamed, String about) {
        String content = UUID.nameUUIDFromBytes(unnamed.toString().getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
        String readable = about.replaceAll("[^A-Za-z0-9]", "");
        String name = "model-" + readable.substring(0, Math.min(20, readable.length())) + "-" + content;
        InvalidationDeclaration named = new InvalidationDeclaration(
                name,
                unnamed.parameters(),
                unnamed.caches(),
                unnamed.tags(),
                unnamed.keys(),
                unnamed.prefixes(),
                unnamed.patterns(),
                unnamed.clear(),
                List.of(),
                unnamed.soft());
        manager.declare(named);
        return named;
    }
}
