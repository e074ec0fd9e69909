package io.nearfar.tool;

import io.nearfar.config.FarSettings;
import io.nearfar.config.NearfarSettings;
import io.nearfar.far.FarVisit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether a server can be used as it is configured. */
final class Check {
    private Check() {}

    static Report run(Request request, Console console) {
        NearfarSettings settings = Settings.of(request);
        FarSettings far = Settings.far(settings);
        Map<String, String> missing = FarVisit.missingRights(far);
        Report report = new Report()
                .with("address", far.address().toString())
                .with("origin", far.origin())
                .with("prefix", far.prefix())
                .with("usable", missing.isEmpty());
        List<Report> rows = new ArrayList<>();
        missing.forEach((command, answer) ->
                rows.add(new Report().with("missing", command).with("answer", answer)));
        if (missing.isEmpty()) {
            return servers(report, far);
        }
        remark(report, settings);
        return report.withRows("missing", rows).ending(Outcome.NO);
    }

    private static Report servers(Report report, FarSettings far) {
        try (FarVisit visit = FarVisit.open(far)) {
            return report.withRows("servers", Servers.rows(visit.servers(), Servers::identity));
        }
    }

    private static void remark(Report report, NearfarSettings settings) {
        if (!settings.isPrefixGiven()) {
            report.remark(
                    "No prefix is given, so keys of the prefix above were asked for. If the user may only have keys of"
                            + " the application, say which: " + Option.PREFIX.shown());
        }
        report.remark("docs/redis.md lists the rights that Nearfar needs, as a line for ACL SETUSER");
    }
}
