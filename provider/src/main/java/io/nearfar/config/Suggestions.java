package io.nearfar.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says what somebody may have meant by a key that no setting has; for keys, or for names of environment variables. */
final class Suggestions {
    private static final String ALL = "docs/reference.md lists all keys.";

    private final char separator;
    private final UnaryOperator<String> form;

    private Suggestions(char separator, UnaryOperator<String> form) {
        this.separator = separator;
        this.form = form;
    }

    /** Returns what to say of an unknown key. */
    static String forKey(String key) {
        return new Suggestions('.', UnaryOperator.identity()).text(key);
    }

    /** Returns what to say of an unknown environment variable. */
    static String forVariable(String variable) {
        return new Suggestions('_', EnvironmentForm::of).text(variable);
    }

    private String text(String key) {
        Setting<?> elsewhere = elsewhere(key);
        if (elsewhere != null) {
            return "cannot stand here. Write " + String.join(" or ", keys(elsewhere)) + ".";
        }
        String meant = Nearest.among(candidates(key), key);
        return "no such setting. " + (meant == null ? "" : "Did you mean " + meant + "? ") + ALL;
    }

    private @Nullable Setting<?> elsewhere(String key) {
        return Registry.ALL.stream()
                .filter(setting -> key.equals(form.apply(Setting.PREFIX + setting.name()))
                        || isOwned(key) && key.endsWith(separator + form.apply(setting.name())))
                .max(Comparator.comparingInt(setting -> setting.name().length()))
                .orElse(null);
    }

    private boolean isOwned(String key) {
        return Place.OWNED.stream().anyMatch(place -> key.startsWith(start(place)));
    }

    private List<String> keys(Setting<?> setting) {
        return Stream.of(Place.values())
                .filter(setting::allows)
                .map(place -> form.apply(place.shown() + setting.name()))
                .toList();
    }

    private Collection<String> candidates(String key) {
        List<String> candidates = new ArrayList<>();
        Registry.at(Place.MANAGER).forEach(setting -> candidates.add(form.apply(setting.key())));
        Place.OWNED.forEach(place -> addOwned(place, key, candidates));
        return candidates;
    }

    /** Any part of the key may be the name of the cache or template: each is tried before each setting. */
    private void addOwned(Place place, String key, List<String> candidates) {
        int second = key.indexOf(separator, key.indexOf(separator) + 1) + 1;
        for (int end = key.indexOf(separator, second); second > 0 && end > 0; end = key.indexOf(separator, end + 1)) {
            String owned = start(place) + key.substring(second, end + 1);
            Registry.at(place).forEach(setting -> candidates.add(owned + form.apply(setting.name())));
        }
    }

    private String start(Place place) {
        return form.apply(place.start());
    }
}
