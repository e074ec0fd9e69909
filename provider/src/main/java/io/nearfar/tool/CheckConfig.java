package io.nearfar.tool;

import io.nearfar.config.CacheSettings;
import io.nearfar.config.FarSettings;
import io.nearfar.config.NearfarSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/** Whether a file of settings is right, and what it comes to. */
final class CheckConfig {
    private CheckConfig() {}

    static Report run(Request request, Console console) {
        String file = request.word(0);
        URI uri = Settings.uri(file);
        if (!Files.isRegularFile(Path.of(file))) {
            throw new ToolException(Outcome.NO, "There is no file " + file);
        }
        Report report = new Report().with("file", file);
        try {
            NearfarSettings settings = Settings.read(request, uri);
            return come(report.with("right", true), settings, request.last(Option.CACHE));
        } catch (CacheException e) {
            return wrong(report, String.valueOf(e.getMessage()));
        }
    }

    private static Report wrong(Report report, String text) {
        List<Report> mistakes = text.lines()
                .map(String::strip)
                .map(line -> new Report().with("mistake", line))
                .toList();
        return report.with("right", false).withRows("mistakes", mistakes).ending(Outcome.NO);
    }

    private static Report come(Report report, NearfarSettings settings, @Nullable String cache) {
        FarSettings far = settings.far();
        report.with("mode", word(settings.mode()));
        if (far != null) {
            report.with("address", far.address().toString())
                    .with("origin", far.origin())
                    .with("prefix", far.prefix());
        }
        return cache == null ? report : cache(report, settings.cache(cache, false));
    }

    private static Report cache(Report report, CacheSettings cache) {
        report.with("cache", cache.name())
                .withNumber("version", cache.version())
                .with("cacheMode", word(cache.mode()))
                .withMillis(
                        "ttl",
                        cache.timeToLive() == null ? null : cache.timeToLive().toMillis(),
                        "as the code says")
                .with("ttlRules", rules(cache))
                .withMillis("nearTtl", cache.nearTimeToLive().toMillis(), "")
                .with("nearEntries", cache.nearMaximumEntries())
                .withMillis("maxStale", cache.maxStale().toMillis(), "")
                .with("outage", word(cache.outage()))
                .withMillis("deadline", cache.deadline().toMillis(), "")
                .withBytes("valueLimit", cache.valueLimit());
        return report.with("codec", cache.codec())
                .with("trust", word(cache.trust()))
                .with("allow", cache.allow())
                .with("compression", word(cache.compression().method()));
    }

    private static List<String> rules(CacheSettings cache) {
        return cache.timeToLiveRules().rules().stream()
                .map(rule -> rule.keys() + " " + Amounts.time(rule.timeToLive()))
                .toList();
    }

    private static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}
