package io.nearfar.cdi.method;

import io.nearfar.cdi.method.TagText.Place;
import io.nearfar.cdi.method.TagText.Segment;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

/** Reads tags of a method that another annotation than {@code @CacheTags} gives. */
public final class TagTexts {
    private final String annotation;
    private final Method method;
    private final TypeVariables variables;
    private final Type result;
    private final Findings findings;

    /**
     * Creates a reader.
     *
     * @param annotation the annotation, as messages name it
     * @param type the class of the bean or resource, which may inherit the method
     * @param findings takes what cannot be meant
     */
    public TagTexts(String annotation, Class<?> type, Method method, Findings findings) {
        this(annotation, method, new TypeVariables(type), findings);
    }

    private TagTexts(String annotation, Method method, TypeVariables variables, Findings findings) {
        this.annotation = annotation;
        this.method = method;
        this.variables = variables;
        this.result = MethodResult.of(method.getGenericReturnType(), variables).type();
        this.findings = findings;
    }

    /**
     * Returns what can be meant by the texts.
     *
     * @param isResultKnown whether the declared result tells what {@code {result}} will be
     */
    public List<TagText> read(String[] texts, boolean isResultKnown) {
        List<TagText> tags = new ArrayList<>();
        for (String text : texts) {
            try {
                TagText tag = new TagTextReader(text, method).read();
                tag.segments().forEach(segment -> check(segment, isResultKnown));
                tags.add(tag);
            } catch (IllegalArgumentException e) {
                findings.mistake(Texts.badTag(method, annotation, text, String.valueOf(e.getMessage())));
            }
        }
        return tags;
    }

    private void check(Segment segment, boolean isResultKnown) {
        Place place = segment.place();
        if (place != null && (isResultKnown || !place.isOfResult())) {
            Type type = place.isOfResult() ? result : method.getGenericParameterTypes()[place.position()];
            new PropertyTypes(variables).check(type, place.path());
        }
    }
}
