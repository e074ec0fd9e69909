package io.nearfar.sample.monitoring;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Two expressions and a sign between them; series belong together if their labels are equal, or those of {@code on}. */
record Operation(Expression left, String sign, @Nullable List<String> on, Expression right) implements Expression {
    @Override
    public boolean isNumber() {
        return left.isNumber() && right.isNumber();
    }

    @Override
    public Map<Labels, Double> at(Series series, int second) {
        Map<Labels, Double> lefts = left.at(series, second);
        Map<Labels, Double> rights = right.at(series, second);
        Map<Labels, Double> values = new LinkedHashMap<>();
        Map<Labels, Double> partners = new LinkedHashMap<>();
        rights.forEach((labels, value) -> partners.put(key(labels), value));
        if (sign.equals("or")) {
            values.putAll(lefts);
            lefts.keySet().forEach(labels -> partners.remove(key(labels)));
            rights.forEach((labels, value) -> {
                if (partners.containsKey(key(labels))) {
                    values.put(labels, value);
                }
            });
            return values;
        }
        if (left.isNumber()) {
            double number = lefts.get(Labels.NONE);
            rights.forEach((labels, value) -> put(values, labels, number, value));
            return values;
        }
        lefts.forEach((labels, value) -> {
            Double partner = right.isNumber() ? rights.get(Labels.NONE) : partners.get(key(labels));
            if (partner != null) {
                put(values, labels, value, partner);
            }
        });
        return values;
    }

    private Labels key(Labels labels) {
        return on == null ? labels.without(Labels.NAME) : labels.only(on);
    }

    private void put(Map<Labels, Double> values, Labels labels, double a, double b) {
        switch (sign) {
            case "and" -> values.put(labels, a);
            case "+" -> values.put(labels.without(Labels.NAME), a + b);
            case "-" -> values.put(labels.without(Labels.NAME), a - b);
            case "*" -> values.put(labels.without(Labels.NAME), a * b);
            case "/" -> values.put(labels.without(Labels.NAME), a / b);
            default -> {
                if (isSo(a, b)) {
                    values.put(labels, a);
                }
            }
        }
    }

    private boolean isSo(double a, double b) {
        return switch (sign) {
            case ">" -> a > b;
            case "<" -> a < b;
            case ">=" -> a >= b;
            case "<=" -> a <= b;
            case "==" -> a == b;
            case "!=" -> a != b;
            default -> throw new IllegalArgumentException(sign);
        };
    }
}
