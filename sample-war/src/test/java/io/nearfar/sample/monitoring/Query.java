package io.nearfar.sample.monitoring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the part of Prometheus' language that alerts and dashboard use; anything else is an error. */
final class Query {
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(\\d+(?:\\.\\d+)?)([smh])?|([a-zA-Z_][a-zA-Z0-9_:]*)|\"((?:[^\"\\\\]|\\\\.)*)\"|(=~|!~|!=|==|>=|<=|[-+*/(){}\\[\\],=<>]))");
    private static final List<List<String>> BINDING = List.of(
            List.of("or"),
            List.of("and"),
            List.of("==", "!=", ">", "<", ">=", "<="),
            List.of("+", "-"),
            List.of("*", "/"));
    private static final List<String> AGGREGATIONS = List.of("sum", "max", "min", "avg");

    private final List<String> tokens = new ArrayList<>();
    private int at;

    private Query(String text) {
        Matcher token = TOKEN.matcher(text.strip());
        while (token.lookingAt()) {
            tokens.add(token.group().strip());
            token.region(token.end(), token.regionEnd());
        }
        if (token.regionStart() != token.regionEnd()) {
            throw new IllegalArgumentException(
                    "unknown from here: " + text.strip().substring(token.regionStart()));
        }
    }

    static Expression read(String text) {
        Query query = new Query(text);
        Expression whole = query.binary(0);
        if (query.at != query.tokens.size()) {
            throw new IllegalArgumentException("not understood from " + query.peek() + " on: " + text);
        }
        return whole;
    }

    private @Nullable String peek() {
        return at < tokens.size() ? tokens.get(at) : null;
    }

    private String next() {
        return tokens.get(at++);
    }

    private boolean takes(String token) {
        if (token.equals(peek())) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(String token) {
        if (!takes(token)) {
            throw new IllegalArgumentException("no " + token + " but " + peek());
        }
    }

    private Expression binary(int level) {
        if (level == BINDING.size()) {
            return operand();
        }
        Expression left = binary(level + 1);
        while (peek() != null && BINDING.get(level).contains(peek())) {
            String operator = next();
            List<String> on = takes("on") ? names() : null;
            left = new Operation(left, operator, on, binary(level + 1));
        }
        return left;
    }

    private Expression operand() {
        if (takes("(")) {
            Expression inside = binary(0);
            expect(")");
            return inside;
        }
        String word = next();
        if (Character.isDigit(word.charAt(0))) {
            return new Constant(Double.parseDouble(word));
        }
        if (AGGREGATIONS.contains(word)) {
            List<String> by = takes("by") ? names() : List.of();
            expect("(");
            Expression inside = binary(0);
            expect(")");
            return new Aggregation(word, by, inside);
        }
        if (takes("(")) {
            return function(word);
        }
        return selector(word);
    }

    private Expression function(String name) {
        if (name.equals("histogram_quantile")) {
            double quantile = Double.parseDouble(next());
            expect(",");
            Expression buckets = binary(0);
            expect(")");
            return new Quantile(quantile, buckets);
        }
        Selector selector = selector(next());
        expect("[");
        int seconds = seconds(next());
        expect("]");
        expect(")");
        return switch (name) {
            case "rate" -> new Growth(selector, seconds, true);
            case "increase" -> new Growth(selector, seconds, false);
            default -> throw new IllegalArgumentException("unknown function " + name);
        };
    }

    private static int seconds(String duration) {
        int number = Integer.parseInt(duration.substring(0, duration.length() - 1));
        return switch (duration.charAt(duration.length() - 1)) {
            case 's' -> number;
            case 'm' -> 60 * number;
            case 'h' -> 3600 * number;
            default -> throw new IllegalArgumentException("no duration: " + duration);
        };
    }

    /** Returns the seconds of a duration as rules have it. */
    static int duration(@Nullable Object text) {
        return text == null ? 0 : seconds(String.valueOf(text));
    }

    private List<String> names() {
        expect("(");
        List<String> names = new ArrayList<>();
        do {
            names.add(next());
        } while (takes(","));
        expect(")");
        return names;
    }

    private Selector selector(String name) {
        Map<String, BiPredicate<String, String>> comparisons = new LinkedHashMap<>();
        Map<String, String> values = new LinkedHashMap<>();
        if (takes("{")) {
            do {
                String label = next();
                comparisons.put(label, comparison(next()));
                String quoted = next();
                values.put(label, quoted.substring(1, quoted.length() - 1));
            } while (takes(","));
            expect("}");
        }
        return new Selector(
                name,
                labels -> comparisons.entrySet().stream()
                        .allMatch(label ->
                                label.getValue().test(labels.get(label.getKey()), values.get(label.getKey()))));
    }

    private static BiPredicate<String, String> comparison(String sign) {
        return switch (sign) {
            case "=" -> String::equals;
            case "!=" -> (a, b) -> !a.equals(b);
            case "=~" -> String::matches;
            case "!~" -> (a, b) -> !a.matches(b);
            default -> throw new IllegalArgumentException("no comparison: " + sign);
        };
    }
}
