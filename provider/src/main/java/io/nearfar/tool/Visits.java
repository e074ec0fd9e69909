package io.nearfar.tool;

import io.nearfar.config.FarSettings;
import io.nearfar.config.NearfarSettings;
import io.nearfar.far.FarVisit;
import java.util.Set;
import java.util.function.Function;

/** Visits the far tier that a request is about. */
final class Visits {
    private Visits() {}

    /**
     * A visit, and the settings that hold there.
     *
     * @param prefix of all that is looked at
     */
    record Visit(FarVisit far, NearfarSettings settings, String prefix) {}

    /** Returns what {@code work} makes of a visit to the prefix that is meant. */
    static Report with(Request request, Function<Visit, Report> work) {
        NearfarSettings settings = Settings.of(request);
        FarSettings far = Settings.far(settings);
        FarSettings meant = settings.isPrefixGiven() ? far : under(onlyPrefix(far), far);
        try (FarVisit visit = FarVisit.open(meant)) {
            return work.apply(new Visit(visit, settings, meant.prefix()));
        }
    }

    /** Returns what {@code work} makes of a visit that is about servers, whatever the prefix. */
    static Report withServers(Request request, Function<FarVisit, Report> work) {
        try (FarVisit visit = FarVisit.open(Settings.far(Settings.of(request)))) {
            return work.apply(visit);
        }
    }

    private static String onlyPrefix(FarSettings far) {
        Set<String> prefixes;
        try (FarVisit visit = FarVisit.open(far)) {
            prefixes = visit.prefixes();
        }
        String environment = environment(far.prefix());
        prefixes.removeIf(prefix -> !prefix.endsWith(environment));
        if (prefixes.isEmpty()) {
            throw new ToolException(
                    Outcome.NO,
                    "Nearfar has written nothing to " + far.address()
                            + (environment.isEmpty() ? "" : " under *" + environment)
                            + "; there is no prefix to look at");
        } else if (prefixes.size() > 1) {
            throw ToolException.usage(
                    "Which prefix? Say " + Option.PREFIX.shown() + "; there are " + String.join(", ", prefixes));
        }
        return prefixes.iterator().next();
    }

    /** Returns the end of all prefixes of the environment or profile that is set, or an empty text. */
    private static String environment(String prefix) {
        int slash = prefix.indexOf('/');
        return slash < 0 ? "" : prefix.substring(slash);
    }

    private static FarSettings under(String prefix, FarSettings far) {
        return new FarSettings(
                far.address(),
                far.origin(),
                prefix,
                far.start(),
                far.connectTimeout(),
                far.deadline(),
                far.pingInterval(),
                far.beat(),
                far.nearLease(),
                far.keyspaceEvents(),
                far.poolSize(),
                far.poolMinimum(),
                far.tls());
    }
}
