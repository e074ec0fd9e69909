package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The end of the link to the fallback store, also to one that says nothing. */
@Timeout(60)
class FallbackLinkTest {
    private static final long LONG = TimeUnit.HOURS.toNanos(1);

    private final Silent table = new Silent();
    private final FallbackLink link = new FallbackLink("p", table);

    /** A table that answers nothing, nor lets itself be closed, until it may. */
    private static final class Silent extends GuardedTable {
        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch may = new CountDownLatch(1);
        private final CountDownLatch closed = new CountDownLatch(1);

        private void awaitLeave() {
            try {
                may.await();
            } catch (InterruptedException e) {
                throw new OutageTableException("interrupted", e);
            }
        }

        @Override
        OutageTable open() {
            asked.countDown();
            awaitLeave();
            throw new OutageTableException("there is nothing");
        }

        @Override
        public OutageTable until(long nanoTime) {
            return this;
        }

        @Override
        public void close() {
            awaitLeave();
            closed.countDown();
        }
    }

    @AfterEach
    void stop() {
        table.may.countDown();
        link.close();
    }

    private CompletableFuture<List<OutageRow>> ask() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return link.ask(asked -> asked.find(List.of("a")), LONG);
            } catch (FallbackSilence e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static Set<Thread> threads(String trade) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("nearfar-" + trade))
                .collect(Collectors.toSet());
    }

    @Test
    void close_ofATableThatSaysNothing_waitsForNobodyAndLeavesNobodyWaiting() throws Exception {
        Set<Thread> others = threads("fallback");
        CompletableFuture<List<OutageRow>> answer = ask();
        table.asked.await();
        link.close();
        assertThatThrownBy(answer::get)
                .hasRootCauseInstanceOf(FallbackSilence.class)
                .hasRootCauseMessage("the manager is closed");
        assertThat(link.isSilent()).as("its end is no failure of the table").isFalse();
        table.may.countDown();
        table.closed.await();
        Set<Thread> left = threads("fallback");
        left.removeAll(others);
        for (Thread thread : left) {
            thread.join();
        }
    }

    @Test
    void close_ofATableThatIsNotAsked_closesItBeforeItReturns() {
        table.may.countDown();
        assertThat(ask()).failsWithin(60, TimeUnit.SECONDS);
        link.close();
        assertThat(table.closed.getCount()).isZero();
        assertThatThrownBy(() -> link.ask(OutageTable::scopes, LONG)).isInstanceOf(FallbackSilence.class);
    }

    /** What is under way is waited for, but not by the answers of a table that gives none. */
    @Test
    void closeOfTheKeeper_whileItProbesATableThatSaysNothing_endsTheProbe() throws Exception {
        Set<Thread> others = threads("fallback-keeper");
        assertThatThrownBy(() -> link.askLittle(OutageTable::scopes, 1)).isInstanceOf(FallbackSilence.class);
        FallbackKeeper keeper = new FallbackKeeper("p", link);
        table.asked.await();
        keeper.close();
        Set<Thread> left = threads("fallback-keeper");
        left.removeAll(others);
        assertThat(left.stream().filter(FallbackLinkTest::isProbing)).isEmpty();
    }

    private static boolean isProbing(Thread thread) {
        return Stream.of(thread.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("probe"));
    }
}
