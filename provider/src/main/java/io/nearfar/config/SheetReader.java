package io.nearfar.config;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes the settings out of the sources and checks each by itself. */
final class SheetReader {
    /** What others set for every program that needs a server; their rank within the environment. */
    private static final Map<String, Integer> COMMON_ADDRESSES = Map.of("REDIS_URL", 998, "VALKEY_URL", 999);

    /** What Kubernetes sets in every container for a service whose name begins with ours. */
    private static final Pattern SERVICE_LINK =
            Pattern.compile("NEARFAR_(.*_)?(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT(_\\d+_(TCP|UDP)(_.*)?)?)");

    private final Sheet sheet = new Sheet();
    private final Profiles profiles;
    private final Mistakes mistakes;

    private SheetReader(Profiles profiles, Mistakes mistakes) {
        this.profiles = profiles;
        this.mistakes = mistakes;
    }

    /** Returns what {@code sources} set, the first of them counting most; what is wrong goes to {@code mistakes}. */
    static Sheet read(List<Source> sources, Profiles profiles, Mistakes mistakes) {
        SheetReader reader = new SheetReader(profiles, mistakes);
        for (int i = 0; i < sources.size(); i++) {
            reader.read(sources.get(i), i * Given.RANKS_PER_SOURCE);
        }
        return reader.sheet;
    }

    private void read(Source source, int rank) {
        for (Found found : source.found()) {
            if (!found.text().isBlank()) {
                read(found, source.environment(), rank);
            }
        }
    }

    private void read(Found found, boolean environment, int rank) {
        Integer common = environment ? COMMON_ADDRESSES.get(found.key()) : null;
        if (common != null) {
            add(new Target(Place.MANAGER, "", true, ManagerTable.ADDRESS), found, rank + common);
            return;
        }
        Profiles.Plain plain = profiles.plain(found.key(), environment);
        if (isOurs(plain.key(), environment)) {
            int precedence = plain.precedence();
            add(target(plain.key(), found, environment), found, precedence < 0 ? precedence : rank + precedence);
        }
    }

    private void add(@Nullable Target target, Found found, int rank) {
        if (target == null) {
            return;
        }
        Given given = new Given(stripped(found, target.setting()), target.setting(), rank);
        if (isOdd(target, Place.TEMPLATE, Kinds.TEMPLATE_NAME)) {
            mistakes.add(given, "the name of a template is " + Kinds.TEMPLATE_NAME.allowed() + ".");
        } else if (isOdd(target, Place.INVALIDATION, Kinds.INVALIDATION_NAME)) {
            mistakes.add(given, "the name of an invalidation is " + Kinds.INVALIDATION_NAME.allowed() + ".");
        } else if (isOdd(target, Place.WARMING, Kinds.WARMING_NAME)) {
            mistakes.add(given, "the name of a warming is " + Kinds.WARMING_NAME.allowed() + ".");
        } else if (isOdd(target, Place.LIMIT, Kinds.LIMIT_NAME)) {
            mistakes.add(given, "the name of a limit is " + Kinds.LIMIT_NAME.allowed() + ".");
        } else if (isOdd(target, Place.RESPONSE, Kinds.RESPONSE_NAME)) {
            mistakes.add(given, "the name of responses is " + Kinds.RESPONSE_NAME.allowed() + ".");
        } else if (target.setting().kind().parse(given.found().text()) == null) {
            mistakes.add(given, "not allowed. Write " + target.setting().kind().allowed() + ".");
        } else if (rank >= 0) {
            sheet.add(target, given);
        }
    }

    private @Nullable Target target(String key, Found found, boolean environment) {
        Target target = environment ? KeyReader.ofEnvironment(key) : KeyReader.ofKey(key);
        if (target == null) {
            mistakes.add(Shown.unknown(found) + ": "
                    + (environment ? Suggestions.forVariable(key) : Suggestions.forKey(key)));
        }
        return target;
    }

    private static boolean isOdd(Target target, Place place, Kind<String> name) {
        return target.place() == place && !target.environment() && name.parse(target.owner()) == null;
    }

    private static boolean isOurs(String key, boolean environment) {
        return environment
                ? key.startsWith(EnvironmentForm.PREFIX)
                        && !SERVICE_LINK.matcher(key).matches()
                : key.startsWith(Setting.PREFIX);
    }

    private static Found stripped(Found found, Setting<?> setting) {
        return setting.kind().isSecret()
                ? found
                : new Found(found.key(), found.text().strip(), found.where());
    }
}
