package io.nearfar.fault.scenario;

import io.nearfar.testing.RealRedis.Program;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that take over from each other while nodes work; the long form does all of them on all versions. */
@Timeout(180)
class UpheavalsTest {
    private static final Table TABLE = new Table();

    @AfterAll
    static void write() {
        TABLE.write("upheavals");
    }

    @Test
    void invariants_whenAReplicaIsPromoted_hold() {
        check(Upheaval.MASTER_KILLED, Program.EMBEDDED);
    }

    /** Where it is installed, with sharded publication. */
    @Test
    void invariants_whenSlotsMove_hold() {
        check(Upheaval.SLOTS_MOVED, Program.all().reduce((first, last) -> last).orElseThrow());
    }

    private static void check(Upheaval upheaval, Program program) {
        Result result = Verdict.result(upheaval, program, Policy.CLOSED, 1);
        Verdict.assertHolds(result.report());
        TABLE.add(Row.of(upheaval.what(), Policy.CLOSED, result));
    }
}
