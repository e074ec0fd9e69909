package io.nearfar.sample.monitoring;

import io.nearfar.sample.monitoring.Dashboard.Heading;
import io.nearfar.sample.monitoring.Dashboard.Panel;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * All panels on a page of HTML that says who drew them.
 *
 * @param killed the second in which Redis was killed
 * @param restarted the second in which it was started again
 */
record Sheet(Recording recording, int killed, int restarted) {
    private static final String STYLE = """
            body { font: 12px sans-serif; color: #1c2733; background: #eef1f4; margin: 0; padding: 14px; width: 1252px }
            h1 { font-size: 19px; margin: 0 0 4px }
            h2 { font-size: 14px; margin: 12px 0 0; grid-column: 1 / span 24 }
            h3 { font-size: 12px; margin: 0 0 4px }
            p { margin: 0 0 2px; max-width: 1100px; line-height: 1.45 }
            main { display: grid; grid-template-columns: repeat(24, 1fr); gap: 8px }
            figure { margin: 0; padding: 8px; background: #fff; border: 1px solid #d5dbe1; border-radius: 3px }
            figcaption { line-height: 1.5; font-size: 11px }
            figcaption span { white-space: nowrap; margin-right: 8px }
            i { display: inline-block; width: 10px; height: 3px; margin-right: 4px; vertical-align: middle }
            svg { display: block; width: 100% }
            svg text { font-size: 10px; fill: #5b6773 }
            svg line { stroke: #e3e8ec }
            svg polyline { fill: none; stroke-width: 1.6 }
            """;

    String html(List<Panel> panels, List<Heading> headings) {
        StringBuilder html = new StringBuilder(
                        "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>Nearfar</title>")
                .append("<style>")
                .append(STYLE)
                .append("</style><h1>Nearfar</h1>")
                .append(about())
                .append("<main>");
        for (int i = 0; i < headings.size(); i++) {
            int top = headings.get(i).place().top();
            int end = i + 1 < headings.size() ? headings.get(i + 1).place().top() : Integer.MAX_VALUE;
            html.append("<h2>").append(escaped(headings.get(i).title())).append("</h2>");
            panels.stream()
                    .filter(panel -> panel.place().top() >= top && panel.place().top() < end)
                    .map(panel -> new Figure(panel, recording).html(killed, restarted))
                    .forEach(html::append);
        }
        return html.append("</main></html>\n").toString();
    }

    private String about() {
        return "<p>The panels of deploy/grafana/nearfar.json, <b>drawn by this project's tests and not by Grafana</b>,"
                + " whose panels look otherwise. The figures are real: one node of the sample with a Redis of its own, "
                + LocalDate.now(ZoneOffset.UTC) + ", collected once a second for "
                + recording.seconds().last()
                + " s; rates are over four seconds. In the shade, from second " + killed + " to "
                + restarted + ", its Redis was killed.</p>";
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
