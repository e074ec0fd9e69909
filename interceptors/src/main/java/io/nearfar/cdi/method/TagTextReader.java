package io.nearfar.cdi.method;

import io.nearfar.cdi.method.TagText.Place;
import io.nearfar.cdi.method.TagText.Segment;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads one text of an annotation, at a method or about one object. Used once. */
public final class TagTextReader {
    private final String text;
    private final Parameter[] parameters;
    private final Function<List<String>, Place> places;
    private final List<Segment> segments = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();

    TagTextReader(String text, Method method) {
        this.text = text;
        this.parameters = method.getParameters();
        this.places = names -> new Place(position(names.get(0)), List.copyOf(names.subList(1, names.size())));
    }

    private TagTextReader(String text) {
        this.text = text;
        this.parameters = new Parameter[0];
        this.places = names -> new Place(0, List.copyOf(names));
    }

    /**
     * Reads a text whose places name properties of one object: {@code city:{address.city}}. The position of each place is 0.
     *
     * @throws IllegalArgumentException if it says nothing that can be meant; the message ends with the cure
     */
    public static TagText ofObject(String text) {
        return new TagTextReader(text).read();
    }

    /**
     * Returns what the text says.
     *
     * @throws IllegalArgumentException if it says nothing that can be meant; the message ends with the cure
     */
    TagText read() {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c != '{' && c != '}') {
                literal.append(c);
            } else if (text.startsWith(String.valueOf(c).repeat(2), at)) {
                literal.append(c);
                at++;
            } else {
                at = place(c, at);
            }
        }
        end();
        return new TagText(text, List.copyOf(segments));
    }

    /** Reads the place that begins there; returns where it ends. */
    private int place(char brace, int at) {
        int end = text.indexOf('}', at);
        if (brace == '}' || end < 0) {
            throw new IllegalArgumentException(
                    "has a single brace at position " + at + ". Write it twice if it is meant");
        }
        List<String> names = Arrays.asList(text.substring(at + 1, end).split("\\.", -1));
        if (names.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("has a place without a name at position " + at
                    + ". Write {parameter}, {result} or {parameter.property}");
        }
        segments.add(new Segment(literal.toString(), places.apply(names)));
        literal.setLength(0);
        return end;
    }

    private void end() {
        if (literal.length() > 0) {
            segments.add(new Segment(literal.toString(), null));
        } else if (segments.isEmpty()) {
            throw new IllegalArgumentException("is empty. Leave it out");
        }
    }

    private int position(String name) {
        if (name.equals("result")) {
            refuseParameterOfThatName();
            return Place.RESULT;
        }
        for (int i = 0; i < parameters.length; i++) {
            if (name.equals(String.valueOf(i))
                    || (parameters[i].isNamePresent() && name.equals(parameters[i].getName()))) {
                return i;
            }
        }
        throw new IllegalArgumentException("names {" + name + "}, and the method has no such parameter. " + cure());
    }

    private void refuseParameterOfThatName() {
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i].isNamePresent() && parameters[i].getName().equals("result")) {
                throw new IllegalArgumentException(
                        "names {result}, which is what the method returns and a parameter as well." + " Write {" + i
                                + "} for the parameter, or rename it");
            }
        }
    }

    private String cure() {
        if (parameters.length == 0) {
            return "It has none; only {result} can stand there";
        } else if (!parameters[0].isNamePresent()) {
            return "Its class was compiled without names of parameters: use positions, {0} for the first, or compile it"
                    + " with -parameters";
        }
        return "Write one of "
                + Arrays.stream(parameters)
                        .map(parameter -> "{" + parameter.getName() + "}")
                        .collect(Collectors.joining(", "))
                + ", {result}";
    }
}
