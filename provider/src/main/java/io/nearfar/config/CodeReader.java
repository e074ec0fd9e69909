package io.nearfar.config;

import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what a configuration in code sets for its cache, and checks it as what stands in one source. */
final class CodeReader {
    private static final String WHERE = "NearfarConfiguration.";
    private static final int RANK = 0;
    private static final Pattern WORD = Pattern.compile("[.-]");

    private static final Map<String, Setting<?>> SETTINGS =
            Registry.at(Place.CACHE).stream().collect(Collectors.toMap(Setting::name, Function.identity()));

    private final Sheet sheet;
    private final Mode mode;
    private final Mistakes mistakes;

    /**
     * Creates one.
     *
     * @param sheet all that was set outside of the code
     * @param mode the mode of the manager
     * @param mistakes takes what is wrong
     */
    CodeReader(Sheet sheet, Mode mode, Mistakes mistakes) {
        this.sheet = sheet;
        this.mode = mode;
        this.mistakes = mistakes;
    }

    /** Returns what is set for the cache of that name, by the names of the settings. */
    Section read(String cache, Map<String, String> inCode) {
        Section section = new Section();
        inCode.forEach((name, text) -> {
            Given given = given(cache, name, text);
            if (given != null) {
                section.add(given);
            }
        });
        Rivals.settle(section, mistakes);
        SectionFights.find(section, mistakes);
        TemplateNames.find(section, sheet, mistakes);
        findMissingAddress(section);
        return section;
    }

    private @Nullable Given given(String cache, String name, String text) {
        Found found = new Found("nearfar.cache." + cache + "." + name, text.strip(), WHERE + setter(name));
        Setting<?> setting = SETTINGS.get(name);
        if (setting == null) {
            mistakes.add(Shown.unknown(found) + ": no such setting. docs/reference.md lists all keys.");
            return null;
        }
        Given given = new Given(found, setting, RANK);
        if (setting.kind().parse(found.text()) == null) {
            mistakes.add(given, "not allowed. Write " + setting.kind().allowed() + ".");
            return null;
        }
        return given;
    }

    /** Returns the name of the method that sets what has that name: {@code setNearTimeToLive} of {@code near.ttl}. */
    static String setter(String name) {
        return Stream.of(WORD.split(name, -1)).map(CodeReader::word).collect(Collectors.joining("", "set", ""));
    }

    private static String word(String part) {
        return part.equals("ttl") ? "TimeToLive" : part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1);
    }

    private void findMissingAddress(Section section) {
        Given given = section.given(CacheTable.MODE);
        boolean meantSo = sheet.manager().value(CacheTable.MODE) == Mode.NEAR;
        if (given != null && SettingsAssembly.wantsServer(section) && mode == Mode.NEAR && !meantSo) {
            mistakes.add(given, "needs the address of a server. " + SettingsAssembly.CURE);
        }
    }
}
