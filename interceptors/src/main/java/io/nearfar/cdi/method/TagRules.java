package io.nearfar.cdi.method;

import io.nearfar.cdi.annotation.CacheTags;
import io.nearfar.cdi.annotation.Invalidate;
import io.nearfar.cdi.annotation.InvalidatePattern;
import io.nearfar.cdi.annotation.InvalidateTags;
import io.nearfar.cdi.method.TagText.Place;
import io.nearfar.cdi.method.TagText.Segment;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the tags of annotations, and finds what cannot be meant by them. */
final class TagRules {
    private final AnnotatedMethod<?> method;
    private final TypeVariables variables;
    private final Findings findings;

    TagRules(AnnotatedMethod<?> method, TypeVariables variables, Findings findings) {
        this.method = method;
        this.variables = variables;
        this.findings = findings;
    }

    /** Returns the tags that the entries of a method get. */
    List<TagText> ofEntries() {
        CacheTags tags = method.getAnnotation(CacheTags.class);
        return tags == null ? List.of() : read("@CacheTags", tags.value());
    }

    /** Returns the tags that one annotation of the method invalidates. */
    List<TagText> of(InvalidateTags annotation) {
        List<TagText> tags = read("@InvalidateTags", annotation.value());
        if (!annotation.afterInvocation()) {
            tags.stream()
                    .filter(TagText::needsResult)
                    .forEach(tag -> findings.mistake(Texts.resultBeforeInvocation(member(), tag)));
        }
        return tags;
    }

    /** Returns the patterns that one annotation of the method invalidates, and the prefixes after them. */
    List<TagText> of(InvalidatePattern annotation) {
        List<TagText> texts = new ArrayList<>();
        if (annotation.value().length + annotation.prefixes().length == 0) {
            findings.mistake(Texts.noPatterns(member()));
        }
        for (String pattern : annotation.value()) {
            read(annotation, "pattern", pattern).ifPresent(texts::add);
        }
        for (String prefix : annotation.prefixes()) {
            read(annotation, "prefix", prefix).ifPresent(texts::add);
        }
        return texts;
    }

    private Optional<TagText> read(InvalidatePattern annotation, String what, String text) {
        try {
            TagText read = new TagTextReader(text, member()).read();
            read.segments().forEach(this::check);
            String fault = what.equals("pattern") ? PatternTexts.fault(read) : null;
            if (fault != null) {
                throw new IllegalArgumentException(fault);
            } else if (!annotation.afterInvocation() && read.needsResult()) {
                throw new IllegalArgumentException("needs the result before there is one. Leave afterInvocation = false"
                        + " out, or name parameters only");
            }
            return Optional.of(read);
        } catch (IllegalArgumentException e) {
            findings.mistake(Texts.badPattern(member(), what, text, String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    /** Returns what one annotation of the method says of arguments, each with its name before it. */
    List<TagText> of(Invalidate annotation) {
        List<TagText> arguments = new ArrayList<>();
        for (String argument : annotation.arguments()) {
            String parameter = InvalidationArguments.parameter(argument);
            if (parameter.isBlank()) {
                findings.mistake(Texts.badArgument(
                        member(), annotation, argument, "has no name before an equals sign. Write name={parameter}"));
            } else if (arguments.stream()
                    .anyMatch(
                            each -> InvalidationArguments.parameter(each.text()).equals(parameter))) {
                findings.mistake(Texts.badArgument(
                        member(),
                        annotation,
                        argument,
                        "gives " + parameter + " a second time. Leave one of them out"));
            } else {
                read(annotation, argument, argument.substring(parameter.length() + 1))
                        .ifPresent(arguments::add);
            }
        }
        return arguments;
    }

    private Optional<TagText> read(Invalidate annotation, String argument, String text) {
        try {
            TagText read = new TagText(
                    argument, new TagTextReader(text, member()).read().segments());
            read.segments().forEach(this::check);
            if (!annotation.afterInvocation() && read.needsResult()) {
                throw new IllegalArgumentException("needs the result before there is one. Leave afterInvocation = false"
                        + " out, or name parameters only");
            }
            return Optional.of(read);
        } catch (IllegalArgumentException e) {
            findings.mistake(Texts.badArgument(member(), annotation, argument, String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    /** Reports what annotations of tags cannot stand beside; {@code operations} are the others of the method. */
    void check(List<CacheOperation> operations) {
        boolean stores =
                operations.equals(List.of(CacheOperation.RESULT)) || operations.equals(List.of(CacheOperation.PUT));
        if (method.isAnnotationPresent(CacheTags.class) && !stores && operations.size() < 2) {
            findings.mistake(Texts.tagsOfNothing(member()));
        }
        if (operations.contains(CacheOperation.RESULT) && !annotations(method).isEmpty()) {
            findings.mistake(Texts.invalidationAtResult(member(), CacheOperation.INVALIDATE_TAGS));
        }
        if (operations.contains(CacheOperation.RESULT) && !patterns(method).isEmpty()) {
            findings.mistake(Texts.invalidationAtResult(member(), CacheOperation.INVALIDATE_PATTERN));
        }
        if (operations.contains(CacheOperation.RESULT) && !named(method).isEmpty()) {
            findings.mistake(Texts.invalidationAtResult(member(), CacheOperation.INVALIDATE));
        }
    }

    /** Reports what is put before a method, and may be ended by what the method invalidates after it. */
    static void check(List<CacheMethod> ofMethod, Findings findings) {
        List<CacheMethod> early = ofMethod.stream()
                .filter(each -> each.operation() == CacheOperation.PUT
                        && !each.members().afterInvocation())
                .toList();
        ofMethod.stream()
                .filter(each ->
                        each.operation().isInvalidation() && each.members().afterInvocation())
                .filter(each -> early.stream().anyMatch(put -> mayEnd(each, put)))
                .findFirst()
                .ifPresent(each -> findings.warn(Texts.putBeforeInvalidation(each)));
    }

    /** What has no tags has a key all the same. */
    private static boolean mayEnd(CacheMethod invalidation, CacheMethod put) {
        return invalidation.operation() == CacheOperation.INVALIDATE_PATTERN
                ? invalidation.cacheName().equals(put.cacheName())
                : !put.tags().isEmpty();
    }

    /** Returns the annotations of a method that invalidate tags. */
    static List<InvalidateTags> annotations(AnnotatedMethod<?> method) {
        InvalidateTags one = method.getAnnotation(InvalidateTags.class);
        InvalidateTags.List several = method.getAnnotation(InvalidateTags.List.class);
        List<InvalidateTags> all = new ArrayList<>();
        if (one != null) {
            all.add(one);
        }
        if (several != null) {
            all.addAll(List.of(several.value()));
        }
        return all;
    }

    /** Returns the annotations of a method that invalidate patterns. */
    static List<InvalidatePattern> patterns(AnnotatedMethod<?> method) {
        InvalidatePattern one = method.getAnnotation(InvalidatePattern.class);
        InvalidatePattern.List several = method.getAnnotation(InvalidatePattern.List.class);
        List<InvalidatePattern> all = new ArrayList<>();
        if (one != null) {
            all.add(one);
        }
        if (several != null) {
            all.addAll(List.of(several.value()));
        }
        return all;
    }

    /** Returns the annotations of a method that fire invalidations by their names. */
    static List<Invalidate> named(AnnotatedMethod<?> method) {
        Invalidate one = method.getAnnotation(Invalidate.class);
        Invalidate.List several = method.getAnnotation(Invalidate.List.class);
        List<Invalidate> all = new ArrayList<>();
        if (one != null) {
            all.add(one);
        }
        if (several != null) {
            all.addAll(List.of(several.value()));
        }
        return all;
    }

    /** Tells whether a method has annotations that invalidate, and that may stand beside others. */
    static boolean invalidates(AnnotatedMethod<?> method) {
        return !annotations(method).isEmpty()
                || !patterns(method).isEmpty()
                || !named(method).isEmpty();
    }

    private Method member() {
        return method.getJavaMember();
    }

    private List<TagText> read(String annotation, String[] texts) {
        List<TagText> tags = new ArrayList<>();
        if (texts.length == 0) {
            findings.mistake(Texts.noTags(member(), annotation));
        }
        for (String text : texts) {
            try {
                TagText tag = new TagTextReader(text, member()).read();
                tag.segments().forEach(this::check);
                tags.add(tag);
            } catch (IllegalArgumentException e) {
                findings.mistake(Texts.badTag(member(), annotation, text, String.valueOf(e.getMessage())));
            }
        }
        return tags;
    }

    private void check(Segment segment) {
        Place place = segment.place();
        if (place == null) {
            return;
        }
        Type type = place.isOfResult()
                ? result()
                : variables.resolve(member().getGenericParameterTypes()[place.position()]);
        new PropertyTypes(variables).check(type, place.path());
    }

    private Type result() {
        MethodResult result = MethodResult.of(member().getGenericReturnType(), variables);
        if (result.isVoid()) {
            throw new IllegalArgumentException("names {result}, and the method returns nothing. Name a parameter");
        }
        return result.type();
    }
}
