package io.nearfar.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The page of figures, with its pictures beside it. */
public final class Page {
    private final Report report;
    private final String name;
    private final String form;
    private final List<String> surroundings;
    private final List<String> versions;

    /**
     * Prepares the page.
     *
     * @param report what was measured
     * @param name what its file is called, without an ending, and the folder of its pictures
     * @param form how much was measured
     * @param surroundings the machine and its state, one a line
     * @param versions what was compared, one a line
     */
    public Page(Report report, String name, String form, List<String> surroundings, List<String> versions) {
        this.report = report;
        this.name = name;
        this.form = form;
        this.surroundings = List.copyOf(surroundings);
        this.versions = List.copyOf(versions);
    }

    /**
     * Writes page and pictures into a folder, over those that are there.
     *
     * @return the page's file
     * @throws IOException if they cannot be written
     */
    public Path writeInto(Path folder) throws IOException {
        Path pictures = folder.resolve(name);
        Files.createDirectories(pictures);
        for (Plot plot : report.plots()) {
            Files.writeString(pictures.resolve(plot.file() + ".svg"), plot.svg());
        }
        Path page = folder.resolve(name + ".md");
        Files.writeString(page, text());
        return page;
    }

    /** Returns the page. */
    String text() {
        long held = report.outcomes().stream().filter(Outcome::held).count();
        StringBuilder text = new StringBuilder("# Performance\n\n");
        text.append("Nearfar beside its peers, all in one run (" + form + " form). " + held + " of "
                + report.outcomes().size()
                + " bars are held. This page is written by the run; nobody edits a figure. ");
        text.append("[The benchmarks](../benchmarks/README.md) say how each is measured and how to repeat it,");
        text.append(
                " [the decisions](decisions.md#what-is-short-of-its-bar-and-why) why some are short of their bars.\n\n");
        text.append("```sh\nmvn -q -pl benchmarks -am package -Pbenchmark -DskipTests -Dbenchmark.part=page\n")
                .append("mvn -q -pl benchmarks -am package -Pbenchmark -DskipTests -Dbenchmark.part=all"
                        + " -Dbenchmark.form=long\n```\n\n");
        text.append(
                "The first takes a quarter of an hour at most and writes [the short form](performance.md). The second measures"
                        + " everything in an hour and three quarters, and writes [the long form](performance-long.md)."
                        + " Trust ratios: times are those of one machine in one state."
                        + " A bar was set before anything was measured, and the median counts.\n\n");
        text.append(report.bars().text().replace("### ", "## ")).append('\n');
        section(text, "What failed", report.failures(), "Nothing: no operation of any peer failed.");
        section(text, "Machine and state", surroundings, "Unknown.");
        section(text, "Versions", versions, "Unknown.");
        text.append("## Pictures\n\nA bar is the median, the line across it goes from the least to the most.\n\n");
        report.plots()
                .forEach(plot -> text.append("![" + plot.title() + "](" + name + "/" + plot.file() + ".svg)\n\n"));
        return text.append("## Figures\n\n").append(report.tables()).toString();
    }

    private static void section(StringBuilder text, String title, List<String> lines, String none) {
        text.append("## ").append(title).append("\n\n");
        if (lines.isEmpty()) {
            text.append(none).append('\n');
        }
        lines.forEach(line -> text.append("- ").append(line).append('\n'));
        text.append('\n');
    }
}
