package io.nearfar.tool;

import io.nearfar.far.SlowCall;

/** What took the servers long. */
final class SlowLog {
    private static final long MICROS = 1_000_000;

    private SlowLog() {}

    static Report run(Request request, Console console) {
        return Visits.withServers(
                request,
                visit -> new Report()
                        .withRows(
                                "calls",
                                visit.slowCalls(request.top()).stream()
                                        .map(SlowLog::row)
                                        .toList()));
    }

    private static Report row(SlowCall slow) {
        return new Report()
                .withMicros("when", slow.seconds() * MICROS, "")
                .with("micros", slow.micros())
                .with("call", slow.call())
                .with("subject", slow.subject())
                .with("server", slow.address());
    }
}
