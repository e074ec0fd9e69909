package io.nearfar.benchmarks.far;

import io.nearfar.benchmarks.report.Report;
import io.nearfar.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * All figures of calls to the server. The peers of a case take turns in short blocks, in another order each round: what
 * disturbs the machine for a while disturbs all of them.
 */
public final class FarRun {
    /** Fewer, if fewer are measured. */
    private static final int BLOCKS_OF_WARM_UP = 20;

    private final String address;
    private final int rounds;
    private final Report report;
    private final Random order = new Random(107);
    private final FarBars bars = new FarBars();

    /**
     * Prepares the run.
     *
     * @param address where the server is
     * @param rounds how many blocks are measured of each peer and case
     * @param report what gets the figures
     */
    public FarRun(String address, int rounds, Report report) {
        this.address = address;
        this.rounds = rounds;
        this.report = report;
    }

    /** Measures everything. */
    public void measure() {
        measure(List.of(FarCase.values()));
        bars.outcomes().forEach(report::add);
    }

    /** Measures what the check of a build looks at. */
    public void check() {
        measure(FarBars.casesChecked());
        bars.checked().forEach(report::add);
    }

    private void measure(List<FarCase> cases) {
        Table table = FarTable.begin();
        try (Crew crew = new Crew()) {
            for (FarCase measured : cases) {
                System.out.println("On the server: " + measured.label());
                measure(measured, crew, table);
            }
        }
        report.add(table);
    }

    private void measure(FarCase measured, Crew crew, Table table) {
        List<Contender> contenders = new ArrayList<>();
        try {
            measured.peers().forEach(peer -> contenders.add(new Contender(peer, measured, crew, address)));
            takeTurns(contenders);
            FarTable.add(table, measured, contenders);
            report.add(FarTable.plot(measured, contenders));
            bars.add(measured, contenders);
        } finally {
            contenders.forEach(Contender::close);
        }
    }

    private void takeTurns(List<Contender> contenders) {
        for (int i = 0; i < Math.min(BLOCKS_OF_WARM_UP, rounds); i++) {
            contenders.forEach(Contender::warmUp);
        }
        List<Contender> turn = new ArrayList<>(contenders);
        for (int i = 0; i < rounds; i++) {
            Collections.shuffle(turn, order);
            turn.forEach(Contender::measure);
        }
    }
}
