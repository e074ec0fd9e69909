package io.nearfar.fault.window;

import io.nearfar.fault.node.Pace;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RespClient;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The clock of a server, as seen from here. */
final class ServerClock {
    private static final int LOOKS = 5;

    private final RealRedis server;

    ServerClock(RealRedis server) {
        this.server = server;
    }

    private static long micros(RespClient server) {
        List<?> parts = (List<?>) server.call("TIME");
        return Long.parseLong(RespClient.text(parts.get(0))) * 1_000_000
                + Long.parseLong(RespClient.text(parts.get(1)));
    }

    /** Waits until its clock comes within so many microseconds of the end of one of its full windows. */
    void awaitBeforeEdge(long windowMicros, long micros) {
        try (RespClient client = server.connect()) {
            long left = Math.floorMod(-micros - micros(client), windowMicros);
            Pace.rest(TimeUnit.MICROSECONDS.toNanos(left));
        }
    }

    /** By how much its clock is ahead of this process's, in microseconds: from the least to the most that it can be. */
    record Lead(long least, long most) {
        /** Tells whether nothing shows that the clock has jumped between two looks, or run so much faster. */
        boolean isSteady(Lead later, long tolerated) {
            return later.least - most <= tolerated && least - later.most <= tolerated;
        }
    }

    Lead lead() {
        Lead lead = new Lead(Long.MIN_VALUE, Long.MAX_VALUE);
        try (RespClient client = server.connect()) {
            for (int i = 0; i < LOOKS; i++) {
                long before = System.nanoTime() / 1_000;
                long there = micros(client);
                long after = System.nanoTime() / 1_000 + 1;
                lead = new Lead(Math.max(lead.least, there - after), Math.min(lead.most, there - before));
            }
        }
        return lead;
    }
}
