package io.nearfar.tool;

import io.nearfar.config.CacheSettings;
import io.nearfar.config.FarSettings;
import io.nearfar.config.NearfarSettings;
import io.nearfar.far.ClusterSight;
import io.nearfar.far.ExaminedServer;
import io.nearfar.far.FarVisit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/** What should be changed before many people depend on it, at the settings and at the servers, the worst first. */
final class Doctor {
    /** No application calls a cache so: its settings are those of caches that no setting names. */
    private static final String UNNAMED = "nearfar doctor";

    /** In these words a server refuses even PING while it could not save, and refuses writes for that. */
    private static final String CANNOT_SAVE = "MISCONF";

    private final NearfarSettings settings;
    private final FarSettings far;
    private final List<Finding> findings = new ArrayList<>();
    private @Nullable Outcome failure;

    private Doctor(NearfarSettings settings) {
        this.settings = settings;
        this.far = Settings.far(settings);
    }

    static Report run(Request request, Console console) {
        Doctor doctor = new Doctor(Settings.of(request));
        doctor.findings.addAll(SettingsExam.of(doctor.settings, doctor.far, doctor.caches(request)));
        doctor.look(doctor.far, doctor.far.deadline());
        FarSettings limits = doctor.settings.limits().far();
        if (limits != null && !limits.address().equals(doctor.far.address())) {
            doctor.look(limits, doctor.settings.limits().deadline());
        }
        return doctor.report();
    }

    private Map<String, CacheSettings> caches(Request request) {
        Map<String, CacheSettings> caches = new LinkedHashMap<>();
        caches.put("of caches that no setting names", settings.cache(UNNAMED, false));
        request.all(Option.CACHE).forEach(name -> caches.put("of cache " + name, settings.cache(name, false)));
        return caches;
    }

    /** Looks at servers; that they do not answer or refuse is a finding like others. */
    private void look(FarSettings at, Duration deadline) {
        try {
            Map<String, String> missing = FarVisit.missingRights(at);
            if (!missing.isEmpty()) {
                add(
                        Ailment.RIGHTS_MISSING,
                        at.address().toString(),
                        "Under the prefix " + at.prefix() + " it refuses " + String.join(", ", missing.keySet()));
            }
            try (FarVisit visit = FarVisit.open(at)) {
                servers(visit, at, deadline);
            }
        } catch (CacheException e) {
            unusable(at.address().toString(), e);
        }
    }

    private void unusable(String address, CacheException why) {
        String text = String.valueOf(why.getMessage());
        if (text.contains(CANNOT_SAVE)) {
            add(Ailment.PERSISTENCE_FAILS, address, text);
            return;
        }
        Outcome outcome = Tool.outcome(why);
        failure = failure == null ? outcome : failure;
        add(outcome == Outcome.SILENT ? Ailment.UNREACHABLE : Ailment.REFUSED, address, text);
    }

    private void servers(FarVisit visit, FarSettings at, Duration deadline) {
        for (ExaminedServer server : visit.examine(ServerExam.WANTED)) {
            findings.addAll(ServerExam.of(server, at, visit.topology(), deadline));
        }
        ClusterSight cluster = visit.cluster();
        if (cluster != null) {
            cluster(cluster, at.address().toString());
        }
    }

    private void cluster(ClusterSight cluster, String address) {
        if (cluster.uncovered() > 0) {
            add(
                    Ailment.SLOTS_UNCOVERED,
                    address,
                    "No working master has " + Amounts.count(cluster.uncovered()) + " of the slots");
        }
        if (!cluster.failing().isEmpty()) {
            add(Ailment.NODES_FAILING, address, "Not in order are " + String.join(", ", cluster.failing()));
        }
        if (!cluster.alone().isEmpty()) {
            add(Ailment.NO_REPLICA, address, "Without a working replica are " + String.join(", ", cluster.alone()));
        }
    }

    private void add(Ailment ailment, String server, String seen) {
        findings.add(new Finding(ailment, server, seen));
    }

    private Report report() {
        findings.sort(Comparator.comparing(Finding::ailment));
        Report report = new Report()
                .with("address", far.address().toString())
                .with("origin", far.origin())
                .with("prefix", far.prefix())
                .withNumber("errors", count(Severity.ERROR))
                .withNumber("warnings", count(Severity.WARNING))
                .withNumber("notes", count(Severity.NOTE))
                .withRows("findings", findings.stream().map(Finding::row).toList());
        return report.plain(text()).ending(outcome());
    }

    private long count(Severity severity) {
        return findings.stream()
                .filter(finding -> finding.ailment().severity() == severity)
                .count();
    }

    private String counted(Severity severity) {
        long count = count(severity);
        return count + " " + severity.name().toLowerCase(Locale.ROOT) + (count == 1 ? "" : "s");
    }

    private Outcome outcome() {
        if (failure != null) {
            return failure;
        }
        return count(Severity.ERROR) > 0
                ? Outcome.ERRORS
                : count(Severity.WARNING) > 0 ? Outcome.WARNINGS : Outcome.DONE;
    }

    private String text() {
        String head = far.address() + " (from " + far.origin() + "), prefix " + far.prefix();
        String counts = Stream.of(Severity.values()).map(this::counted).collect(Collectors.joining(", "));
        return Stream.concat(Stream.of(head + "\n" + counts), findings.stream().map(Finding::text))
                .collect(Collectors.joining("\n\n"));
    }
}
