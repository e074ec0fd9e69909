package io.nearfar.fault.scenario;

import io.nearfar.testing.RealRedis.Program;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that take over from each other while nodes work; the long form does all of them on all versions. */
@Timeout(180)
class UpheavalsTest {
    private static final Table TABLE = new Table();

    @AfterAll
    static void write() {
        TABLE.write("upheavals");
    }

    @ParameterizedTest
    @EnumSource(names = {"MASTER_KILLED", "CLUSTER_MASTER_KILLED"})
    void invariants_whenAReplicaIsPromoted_hold(Upheaval upheaval) {
        check(upheaval, Program.EMBEDDED);
    }

    /** Where it is installed, with sharded publication. */
    @ParameterizedTest
    @EnumSource(names = {"CLUSTER_MASTER_REPLACED", "SLOTS_MOVED"})
    void invariants_whenMastersChangeInOrder_hold(Upheaval upheaval) {
        check(upheaval, Program.newestRedis());
    }

    private static void check(Upheaval upheaval, Program program) {
        TABLE.add(Verdict.row(upheaval, program, Policy.CLOSED));
    }
}
