package io.nearfar.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Credits that several threads spend. */
class PurseTest {
    private static final int THREADS = 4;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    private long sum(Callable<Long> work) throws Exception {
        List<Callable<Long>> all = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            all.add(work);
        }
        long sum = 0;
        for (Future<Long> one : threads.invokeAll(all)) {
            sum += one.get();
        }
        return sum;
    }

    private static long spendAll(Purse purse, long cost) {
        long spent = 0;
        while (purse.spend(cost)) {
            spent += cost;
        }
        return spent;
    }

    /** No credit is spent twice, and none is left, however many threads have met. */
    @Test
    void severalThreads_spendEveryCreditOnce() throws Exception {
        for (long credits : List.of(1L, 10L, 5_000L, 1_000_000L)) {
            Purse purse = new Purse(credits);
            assertThat(sum(() -> spendAll(purse, 1))).isEqualTo(credits);
            assertThat(purse.total()).isZero();
            assertThat(purse.has(1)).isFalse();
        }
    }

    /** What one thread has taken into its pocket others find when there is nothing else. */
    @Test
    void pocketsOfOthers_areFoundAtTheEnd() throws Exception {
        Purse purse = new Purse(1_000_000);
        purse.meet();
        sum(() -> purse.spend(1) ? 1L : 0L);
        assertThat(purse.total()).isEqualTo(1_000_000 - THREADS);
        assertThat(spendAll(purse, 1)).isEqualTo(1_000_000 - THREADS);
    }

    /** A request that costs more than lies in any place is served by what lies in several. */
    @Test
    void dearRequest_isServedFromSeveralPockets() throws Exception {
        Purse purse = new Purse(8_192);
        purse.meet();
        sum(() -> purse.spend(1) ? 1L : 0L);
        assertThat(purse.has(8_192 - THREADS)).isTrue();
        assertThat(purse.spend(8_193 - THREADS)).isFalse();
        assertThat(purse.spend(8_192 - THREADS)).isTrue();
        assertThat(purse.total()).isZero();
    }

    @Test
    void whatIsTakenOut_isNotSpent_andWhatIsPutBackIs() {
        Purse purse = new Purse(10_000);
        purse.meet();
        assertThat(purse.spend(7)).isTrue();
        assertThat(purse.takeAll()).isEqualTo(9_993);
        assertThat(purse.spend(1)).isFalse();
        assertThat(purse.takeAll()).isZero();
        purse.add(7);
        assertThat(purse.takeAll()).isEqualTo(7);
    }

    /** While some spend, another takes out what is left: what was spent, taken out and put in comes to what there was. */
    @Test
    void takingOut_whileOthersSpend_losesNothing() throws Exception {
        for (int i = 0; i < 50; i++) {
            Purse purse = new Purse(500_000);
            Future<Long> taken = threads.submit(() -> {
                while (purse.total() > 400_000) {
                    Thread.onSpinWait();
                }
                return purse.takeAll();
            });
            long spent = 0;
            List<Future<Long>> spending =
                    List.of(threads.submit(() -> spendAll(purse, 1)), threads.submit(() -> spendAll(purse, 3)));
            for (Future<Long> one : spending) {
                spent += one.get();
            }
            assertThat(spent + taken.get() + purse.takeAll()).isEqualTo(500_000);
        }
    }
}
