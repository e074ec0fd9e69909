package io.nearfar.benchmarks.size;

import io.nearfar.benchmarks.report.Report;

/** What entries take of memory. */
public final class SizeRun {
    private final String address;
    private final int nearEntries;
    private final int farEntries;
    private final Report report;

    /**
     * Prepares the run.
     *
     * @param address where the server is
     * @param nearEntries how many are weighed on the heap
     * @param farEntries how many are weighed on the server
     * @param report what gets the figures
     */
    public SizeRun(String address, int nearEntries, int farEntries, Report report) {
        this.address = address;
        this.nearEntries = nearEntries;
        this.farEntries = farEntries;
        this.report = report;
    }

    /** Measures everything. */
    public void measure() {
        HeapRun.measure(address, nearEntries, report);
        new ServerRun(address, farEntries, report).measure();
        new StartRun(address, report).measure();
    }
}
