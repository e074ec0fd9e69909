package io.nearfar.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class HitCounterTest {
    private final HitCounter counter = new HitCounter();

    @Test
    void sum_isWhatWasCounted() {
        assertThat(counter.sum()).isZero();
        counter.increment();
        counter.add(41);
        assertThat(counter.sum()).isEqualTo(42);
    }

    @Test
    void threads_moreThanThereArePlaces_areAllCounted() throws InterruptedException {
        int threads = 200;
        int each = 20_000;
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> counting = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            counting.add(new Thread(() -> {
                await(start);
                for (int n = 0; n < each; n++) {
                    counter.increment();
                }
            }));
        }
        counting.forEach(Thread::start);
        start.countDown();
        join(counting);
        assertThat(counter.sum()).isEqualTo((long) threads * each);
    }

    @Test
    void threads_thatFollowEachOther_areAllCounted() throws InterruptedException {
        for (int i = 0; i < 500; i++) {
            Thread thread = new Thread(() -> counter.add(3));
            thread.start();
            join(List.of(thread));
            assertThat(counter.sum()).isEqualTo(3L * (i + 1));
        }
    }

    @Test
    void threadsOfOneId_shareAPlace_andTheLaterTakesItOver() throws InterruptedException {
        CountDownLatch counted = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Thread first = new Numbered(5, () -> {
            counter.increment();
            counted.countDown();
            await(end);
        });
        first.start();
        await(counted);
        Thread second = new Numbered(5 + 64, () -> counter.add(10));
        second.start();
        join(List.of(second));
        assertThat(counter.sum()).as("the place is taken").isEqualTo(11);
        end.countDown();
        join(List.of(first));
        Thread third = new Numbered(5 + 128, () -> {
            for (int i = 0; i < 200; i++) {
                counter.increment();
            }
        });
        third.start();
        join(List.of(third));
        assertThat(counter.sum()).as("taken over on the way").isEqualTo(211);
    }

    @Test
    void isDue_ofManyLooks_isOneInSoMany() {
        int looks = 1_600_000;
        int due = 0;
        HitCounter.Cell mine = counter.mine();
        for (int i = 0; i < looks; i++) {
            if (mine.isDue()) {
                due++;
                assertThat(mine.looked()).isEqualTo(HitCounter.ONE_IN);
            }
            mine.increment();
        }
        assertThat(due).isBetween(looks / HitCounter.ONE_IN * 9 / 10, looks / HitCounter.ONE_IN * 11 / 10);
    }

    @Test
    void isDue_whileEachIs_isSoInEveryThread_andOneInSoManyStandsForTheRest() throws InterruptedException {
        AtomicBoolean each = new AtomicBoolean();
        HitCounter watched = new HitCounter(each::get);
        HitCounter.Cell mine = watched.mine();
        mine.looked();
        each.set(true);
        watched.lookAtEach();
        int stoodFor = 0;
        for (int i = 0; i < 256_000; i++) {
            assertThat(mine.isDue()).isTrue();
            stoodFor += mine.looked();
            mine.increment();
        }
        assertThat(stoodFor).isBetween(200_000, 312_000);
        List<Boolean> elsewhere = new ArrayList<>();
        Thread other = new Thread(() -> elsewhere.add(watched.mine().isDue()));
        other.start();
        join(List.of(other));
        assertThat(elsewhere).containsExactly(true);
        each.set(false);
        int due = 0;
        for (int i = 0; i < 1_000; i++) {
            if (mine.isDue()) {
                due++;
                mine.looked();
            }
            mine.increment();
        }
        assertThat(due).isLessThan(100);
    }

    /** A thread of a chosen id. */
    private static final class Numbered extends Thread {
        private final long number;

        Numbered(long number, Runnable work) {
            super(work);
            this.number = number;
        }

        @Override
        public long getId() {
            return number;
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void join(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
