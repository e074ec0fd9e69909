package io.nearfar.benchmarks.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nearfar.benchmarks.plan.Model.Moment;
import io.nearfar.benchmarks.plan.Workload.Names;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelTest {
    private static final Names NAMES = new Names(4, 1, 2, 10);

    private static Workload work(int nodes, double reads, double writes, int keys, int near) {
        return new Workload(nodes, 1, reads, writes, keys, near, NAMES);
    }

    private static Traffic traffic(Workload work, Levers levers) {
        return new Model(work, levers).traffic();
    }

    @Test
    void lengths_areThoseOfTheProtocol() {
        assertThat(Resp.array(3) + Resp.strings(4, 0, 12))
                .isEqualTo("*3\r\n$4\r\nMGET\r\n$0\r\n\r\n$12\r\n123456789012\r\n".getBytes(UTF_8).length);
        assertThat(Resp.number(16)).isEqualTo(":1234567890123456\r\n".getBytes(UTF_8).length);
        assertThat(Resp.NULL).isEqualTo("$-1\r\n".getBytes(UTF_8).length);
    }

    @Test
    void whatIsNeverWritten_isReadFromNear_asFarAsThereIsRoom() {
        assertThat(traffic(work(10, 100, 0, 50, 50), Levers.usual(1)).nearHits())
                .isEqualTo(1, within(1e-9));
        assertThat(traffic(work(10, 100, 0, 50, 0), Levers.usual(1)).nearHits()).isEqualTo(0, within(1e-9));
        double some = traffic(work(10, 100, 0, 50, 5), Levers.usual(1)).nearHits();
        assertThat(some).as("the five that are wanted most").isBetween(0.4, 0.6);
    }

    /** One key, ten reads of each node and, of both nodes together, ten writes: half of what is read was written since. */
    @Test
    void whatIsWrittenAsOftenAsItIsRead_isReadFromFarEachSecondTime() {
        Traffic traffic = traffic(work(2, 10, 5, 1, 1), Levers.usual(1));
        assertThat(traffic.nearHits()).isEqualTo(0.5, within(1e-9));
        assertThat(traffic.reads()).isEqualTo(10, within(1e-9));
        assertThat(traffic.writes()).isEqualTo(10, within(1e-9));
        assertThat(traffic.messages()).isEqualTo(20, within(1e-9));
        assertThat(traffic.commands()).isEqualTo(10 + 10 + 2 * 5 + 2 * 3, within(1e-9));
    }

    @Test
    void beats_goToEachMaster_andAreFewerWithALongerBeat() {
        Workload idle = work(100, 0.001, 0, 1, 1);
        assertThat(traffic(idle, Levers.usual(10)).beats()).isEqualTo(5_000, within(1e-6));
        assertThat(traffic(idle, Levers.usual(10).withBeat(1_000)).beats()).isEqualTo(1_000, within(1e-6));
        assertThat(traffic(idle, Levers.usual(10)).connections()).isEqualTo(100 * 10 * 3, within(1e-6));
    }

    @Test
    void messages_goBetweenMasters_onlyWhereTheyAreNotSharded() {
        Workload work = work(10, 100, 10, 50, 50);
        assertThat(new Model(work, Levers.usual(10)).bytesBetweenMasters()).isZero();
        assertThat(new Model(work, Levers.usual(10).everywhere()).bytesBetweenMasters())
                .isGreaterThan(10 * 10 * 9 * 50);
        assertThat(new Model(work, Levers.usual(1).everywhere()).bytesBetweenMasters())
                .isZero();
    }

    @Test
    void recovery_beginsWithAllReads_andEndsWithTheUsualOnes() {
        Workload work = work(10, 100, 10, 500, 500);
        Model model = new Model(work, Levers.usual(2));
        List<Moment> moments = model.recovery(600);
        assertThat(moments.get(0).reads()).isBetween(300.0, 500.0);
        assertThat(moments.get(0).connections()).isEqualTo(30);
        assertThat(moments.get(1).connections()).isZero();
        assertThat(moments).extracting(Moment::reads).isSortedAccordingTo((one, next) -> Double.compare(next, one));
        assertThat(moments.get(599).reads()).isEqualTo(model.traffic().reads() / 2, within(0.01));
    }
}
