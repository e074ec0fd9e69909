package io.nearfar.sample.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The part of Prometheus' language that the files of {@code deploy} use means what it means there. */
class QueryTest {
    private final Series series = new Series();

    private Map<Labels, Double> ask(String query) {
        return Query.read(query).at(series, 60);
    }

    private static Labels labels(String... words) {
        Labels labels = Labels.NONE;
        for (int i = 0; i < words.length; i += 2) {
            labels = labels.with(words[i], words[i + 1]);
        }
        return labels;
    }

    private void add(int second, String text) {
        series.add(second, Scrape.read(text, "one"));
    }

    @BeforeEach
    void collect() {
        add(0, "nearfar_a_total{cache=\"x\"} 10\nnearfar_a_total{cache=\"y\"} 0\nnearfar_g{cache=\"x\"} 1\n");
        add(30, "nearfar_a_total{cache=\"x\"} 40\nnearfar_a_total{cache=\"y\"} 0\nnearfar_g{cache=\"x\"} 2\n");
        add(60, "nearfar_a_total{cache=\"x\"} 70\nnearfar_a_total{cache=\"y\"} 0\nnearfar_g{cache=\"x\"} NaN\n");
    }

    @Test
    void growth_isOfTheWindow_andStartsAnewAfterAReset() {
        assertThat(ask("rate(nearfar_a_total{cache=\"x\"}[1m])").values()).containsExactly(1.0);
        assertThat(ask("sum by (cache) (increase(nearfar_a_total[1m]))"))
                .containsOnly(Map.entry(labels("cache", "x"), 60.0), Map.entry(labels("cache", "y"), 0.0));
        series.add(
                60, labels(Labels.NAME, "nearfar_a_total", "cache", "x", "instance", "one", "job", "applications"), 5);
        assertThat(ask("increase(nearfar_a_total{cache=~\"x|z\"}[1m])").values())
                .containsExactly(35.0);
        assertThat(ask("rate(nearfar_a_total[20s])")).isEmpty();
    }

    /** Two values in the middle of a window are carried on by half their distance at most. */
    @Test
    void growth_isCarriedOnToTheEnds() {
        assertThat(Query.read("increase(nearfar_a_total{cache=\"x\"}[2m])")
                        .at(series, 100)
                        .values()
                        .iterator()
                        .next())
                .isCloseTo(60 * (60 + 10 + 15) / 60.0, within(1e-9));
    }

    @Test
    void signs_bindAsTheyDoThere() {
        assertThat(ask("1 + 2 * 3 - 4 / 2").values()).containsExactly(5.0);
        assertThat(ask("nearfar_a_total > 10 and on (cache) nearfar_a_total{cache=\"x\"} or nearfar_a_total"))
                .hasSize(2);
        assertThat(ask("nearfar_a_total / (nearfar_a_total > 0)").values()).containsExactly(1.0);
        assertThat(ask("nearfar_g > 0")).isEmpty(); // no number is above nothing
        assertThat(ask("max by (instance) (nearfar_a_total) == 70")).containsOnlyKeys(labels("instance", "one"));
    }

    @Test
    void quantile_liesWithinItsBucket() {
        add(
                60,
                "nearfar_h_bucket{le=\"0.1\"} 50\nnearfar_h_bucket{le=\"0.2\"} 100\nnearfar_h_bucket{le=\"+Inf\"} 100\n");
        assertThat(ask("histogram_quantile(0.75, nearfar_h_bucket)")
                        .values()
                        .iterator()
                        .next())
                .isCloseTo(0.15, within(1e-9));
        add(60, "nearfar_h_bucket{le=\"0.1\"} 0\nnearfar_h_bucket{le=\"0.2\"} 0\nnearfar_h_bucket{le=\"+Inf\"} 9\n");
        assertThat(ask("histogram_quantile(0.75, nearfar_h_bucket)").values()).containsExactly(0.2);
    }

    @Test
    void whatIsNotUsed_isNotUnderstood() {
        assertThatThrownBy(() -> Query.read("delta(nearfar_g[1m])")).hasMessageContaining("delta");
        assertThatThrownBy(() -> Query.read("nearfar_g offset 1m")).hasMessageContaining("offset");
        assertThatThrownBy(() -> Query.read("sum(nearfar_g")).hasMessageContaining("no )");
    }
}
