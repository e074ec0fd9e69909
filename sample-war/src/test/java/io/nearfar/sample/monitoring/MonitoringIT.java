package io.nearfar.sample.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nearfar.sample.browser.Browser;
import io.nearfar.sample.monitoring.Dashboard.Panel;
import io.nearfar.sample.monitoring.Dashboard.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each alert fires when a running sample has the trouble that it tells of, and not before; each panel of the dashboard shows
 * figures of the running sample. What is collected is real; that a trouble goes on as it began is reckoned, so that nobody
 * waits for half an hour.
 */
@Timeout(300)
class MonitoringIT {
    private static final int CALM = 300;
    private static final double COARSE = 0.0037;
    /** Seconds with Redis, before and after those without it. */
    private static final int PEACE = 5;

    private static final int OUTAGE = 3;

    private static RunningSample sample;
    private static Visitors visitors;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        sample = RunningSample.start();
        visitors = new Visitors(sample);
        visitors.visit();
        await().atMost(RunningSample.SOON).until(() -> sample.scrape().sum("nearfar_server_memory_maximum_bytes") > 0);
    }

    @AfterAll
    static void stop() throws Exception {
        if (sample != null) {
            sample.close();
        }
    }

    /** What Prometheus would have: a calm, and then so long a time that went on as it went between the two scrapes. */
    private static Series timeline(Scrape before, Scrape after, int lasting) {
        Series series = new Series();
        for (int second = 0; second <= CALM; second += Rules.STEP) {
            series.add(second, before);
        }
        for (int i = 1; i <= lasting / Rules.STEP; i++) {
            series.add(CALM + i * Rules.STEP, after.goneOn(before, i - 1));
        }
        return series;
    }

    @ParameterizedTest
    @EnumSource
    void alert_firesInTheTroubleThatItTellsOf(Trouble trouble) throws Exception {
        Rules rules = Rules.read();
        String texts = rules.texts(trouble.alerts());
        Scrape before = sample.scrape().only(texts);
        assertThat(rules.firing(trouble.alerts(), timeline(before, before, CALM), 2 * CALM))
                .as("before")
                .isEmpty();
        int lasting = CALM + rules.longest(trouble.alerts());
        Series series;
        try {
            trouble.happen(sample);
            series = await().atMost(RunningSample.SOON)
                    .pollInterval(Duration.ofMillis(200))
                    .until(
                            () -> {
                                trouble.goOn(sample);
                                return timeline(before, sample.scrape().only(texts), lasting);
                            },
                            seen -> rules.firing(trouble.alerts(), seen, CALM + lasting)
                                    .keySet()
                                    .equals(trouble.alerts()));
        } finally {
            trouble.end(sample);
        }
        if (Promtool.isInstalled()) {
            Map<String, Double> firing = new LinkedHashMap<>();
            rules.firing(trouble.alerts(), series, CALM + lasting)
                    .values()
                    .forEach(instances -> instances.forEach(labels -> firing.put("ALERTS" + labels, 1.0)));
            Promtool prometheus = new Promtool(series, CALM + lasting);
            prometheus.expect(
                    "ALERTS{alertstate=\"firing\",alertname=~\"" + String.join("|", trouble.alerts()) + "\"}", firing);
            assertThat(prometheus.complaints(folder)).isEmpty();
        }
    }

    @Test
    void alerts_areAllCaused() throws Exception {
        Set<String> caused = new TreeSet<>();
        Arrays.stream(Trouble.values()).forEach(trouble -> caused.addAll(trouble.alerts()));
        assertThat(caused).isEqualTo(Rules.read().alerts());
    }

    @Test
    void panels_showWhatTheRunningSampleDoes() throws Exception {
        Scrape before = sample.scrape();
        visitors.visit();
        String ages = "nearfar_cache_verified_age_seconds_count";
        for (int round = 0; round < 80 && (round < 2 || sample.scrape().sum(ages) == before.sum(ages)); round++) {
            // One near hit in 512, by chance, tells its age, and limits are leased once they are asked for often
            IntStream.range(0, 500).forEach(i -> sample.get("cities/1850147"));
        }
        IntStream.range(0, 20).forEach(i -> sample.ask("GET", "cache-status", "ada", null));
        Series series = timeline(before, sample.scrape(), CALM);
        List<String> empty = new ArrayList<>();
        Promtool prometheus = new Promtool(series, 2 * CALM);
        for (Panel panel : Dashboard.panels("1m")) {
            for (Target target : panel.targets()) {
                Map<Labels, Double> values =
                        new HashMap<>(Query.read(target.query()).at(series, 2 * CALM));
                values.values().removeIf(value -> value.isNaN());
                if (values.isEmpty()) {
                    empty.add(panel.title() + ": " + target.query());
                }
                Map<String, Double> expected = new LinkedHashMap<>();
                values.forEach((labels, value) -> expected.put(
                        labels.without(Labels.NAME).toString(), Math.floor(value * (1 / COARSE) + 0.5) / (1 / COARSE)));
                prometheus.expect("round(" + target.query() + ", " + COARSE + ") >= 0", expected);
            }
        }
        assertThat(empty).isEmpty();
        if (Promtool.isInstalled()) {
            assertThat(prometheus.complaints(folder)).isEmpty();
        }
    }

    /** Drawn second by second of what was exported; the picture is taken where a browser is installed. */
    @Test
    void panels_drawnFromWhatTheRunningSampleExports_showFigures() throws Exception {
        List<Panel> panels = Dashboard.panels(Recording.RATES);
        Recording recording = new Recording(sample);
        visitors.stroll(recording, PEACE);
        int killed = recording.second();
        sample.redis().kill();
        try {
            visitors.stroll(recording, OUTAGE);
        } finally {
            sample.redis().restart();
        }
        int restarted = recording.second();
        visitors.stroll(recording, PEACE);
        await().atMost(RunningSample.SOON).untilAsserted(() -> {
            visitors.stroll(recording, 1);
            assertThat(recording.withoutFigures(panels)).isEmpty();
        });
        sample.awaitRecovered();
        Path page = folder.resolve("dashboard.html");
        Files.writeString(page, new Sheet(recording, killed, restarted).html(panels, Dashboard.headings()));
        if (Browser.installed()) {
            try (Browser browser = Browser.open()) {
                browser.go(page.toUri().toString());
                assertThat(browser.run("return document.querySelectorAll('figure').length"))
                        .hasToString(String.valueOf(panels.size()));
                browser.photograph("dashboard");
            }
        }
    }

    @Test
    void files_areTakenByPrometheus() throws Exception {
        assumeTrue(Promtool.isInstalled(), "promtool is not on the path, so Prometheus itself is not asked");
        assertThat(Promtool.run(
                        "check",
                        "config",
                        Rules.FILE.resolveSibling("prometheus.yml").toString()))
                .isEmpty();
        assertThat(Promtool.run("check", "rules", Rules.FILE.toString())).isEmpty();
    }
}
