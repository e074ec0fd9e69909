package io.nearfar.far;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClusterSightTest {
    private static final String WHOLE = """
            a 10.0.0.1:7001@17001,one.example myself,master - 0 0 1 connected 0-5460
            b 10.0.0.2:7001@17001 master - 0 0 2 connected 5461-10921 [93-<-a]
            c 10.0.0.3:7001@17001 master - 0 0 3 connected 10922-16382 16383 [12000->-b]
            d 10.0.0.4:7001@17001 slave a 0 0 1 connected
            e 10.0.0.5:7001@17001 slave b 0 0 2 connected
            f 10.0.0.6:7001@17001 slave c 0 0 3 connected
            """;

    @Test
    void cluster_thatIsWhole_lacksNothing() {
        ClusterSight sight = ClusterSight.of(WHOLE);
        assertThat(sight.uncovered()).isZero();
        assertThat(sight.failing()).isEmpty();
        assertThat(sight.alone()).isEmpty();
    }

    @Test
    void master_thatFails_takesItsSlots() {
        ClusterSight sight =
                ClusterSight.of(WHOLE.replace("10.0.0.2:7001@17001 master", "10.0.0.2:7001@17001 master,fail"));
        assertThat(sight.uncovered()).isEqualTo(5461);
        assertThat(sight.failing()).containsExactly("10.0.0.2:7001");
        assertThat(sight.alone()).isEmpty();
    }

    @Test
    void master_whoseReplicaFails_isAlone() {
        ClusterSight sight = ClusterSight.of(WHOLE.replace("17001 slave a", "17001 slave,fail? a"));
        assertThat(sight.uncovered()).isZero();
        assertThat(sight.failing()).containsExactly("10.0.0.4:7001");
        assertThat(sight.alone()).containsExactly("10.0.0.1:7001");
    }

    @Test
    void master_withoutSlots_needsNoReplica() {
        assertThat(ClusterSight.of(WHOLE + "g 10.0.0.7:7001@17001 master - 0 0 4 connected\n")
                        .alone())
                .isEmpty();
    }
}
