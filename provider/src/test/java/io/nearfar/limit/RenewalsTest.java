package io.nearfar.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.Limit;
import io.nearfar.Quota;
import io.nearfar.far.Counted;
import io.nearfar.far.Grant;
import io.nearfar.far.Standing;
import io.nearfar.far.Verdict;
import io.nearfar.far.Wishes;
import io.nearfar.observe.LimitSignals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which credits are taken anew in the background, and how many keys at once. */
class RenewalsTest {
    private static final Limit USER = new Limit("user", 1_000, Duration.ofMinutes(1)).leased();
    private static final int KEYS = 500;

    private final AtomicLong nanos = new AtomicLong(5_000_000_000L);
    private final List<List<Quota>> questions = new ArrayList<>();
    private final Set<Quota> full = new HashSet<>();
    private final Set<Quota> without = new HashSet<>();
    private final Set<Quota> before = new HashSet<>();
    private final List<Runnable> later = new ArrayList<>();
    private final AtomicInteger refunds = new AtomicInteger();
    private final Returns returns =
            new Returns(nanos::get, unspent -> List.of(), (millis, work) -> {}, new LimitSignals(() -> {}));
    private final Renewals renewals =
            new Renewals(nanos::get, new Far(), KEYS, (millis, work) -> later.add(work), returns);
    private boolean isOut;

    /** Grants what is wished for. */
    private final class Far implements Windows {
        @Override
        public Counted decide(List<Quota> quotas, long cost, boolean charge, long since) {
            throw new IllegalStateException("without a wish");
        }

        @Override
        public Counted decide(List<Quota> quotas, long cost, boolean charge, long since, Wishes wishes) {
            assertThat(charge).isTrue();
            questions.add(List.copyOf(quotas));
            if (isOut) {
                return Counted.nothing(new FarTierUnavailableException("nobody answers"));
            }
            List<Standing> standings = quotas.stream()
                    .map(quota -> new Standing(1, 0, full.contains(quota) ? 1_000 : 0))
                    .toList();
            Verdict verdict = Verdict.of(1, standings);
            List<Grant> grants = new ArrayList<>();
            if (verdict.admitted()) {
                quotas.forEach(quota ->
                        grants.add(new Grant(quota, Math.max(1, wishes.of(quota)), new Standing(1, 0, 0), 1, 1)));
                grants.removeIf(grant -> without.contains(grant.quota()));
            } else {
                before.forEach(quota -> grants.add(new Grant(quota, 7, new Standing(1, 0, 0), 1, 1)));
            }
            return new Counted(quotas, verdict, null, List.of(), grants, refunds::incrementAndGet);
        }

        @Override
        public void reset(Quota quota) {
            throw new IllegalStateException("nobody resets here");
        }

        @Override
        public boolean isWhole() {
            return true;
        }
    }

    private void doLater() {
        List<Runnable> due = List.copyOf(later);
        later.clear();
        due.forEach(Runnable::run);
    }

    private static List<Quota> quotas(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> USER.of("key " + i)).toList();
    }

    private Holding add(Quota quota) {
        Holding holding = new Holding(nanos.get());
        renewals.add(quota, holding);
        return holding;
    }

    /** Many keys are a few questions, and what the questions themselves cost are credits as well. */
    @Test
    void manyKeys_areAskedForTogether() {
        List<Holding> holdings = quotas(0, 50).stream().map(this::add).toList();
        assertThat(questions).isEmpty();
        assertThat(later).hasSize(1);
        doLater();
        assertThat(questions).containsExactly(quotas(0, 20), quotas(20, 40), quotas(40, 50));
        assertThat(refunds).hasValue(0);
        assertThat(holdings)
                .allSatisfy(holding -> assertThat(holding.lease()).isNotNull().satisfies(lease -> {
                    assertThat(lease.grant().credits()).isEqualTo(2);
                }));
        assertThat(later).isEmpty();
    }

    /** Where no credits are to be had, nobody has a permit for nothing. */
    @Test
    void keyWithoutCredits_isTakenBack() {
        List<Quota> quotas = quotas(0, 3);
        without.add(quotas.get(1));
        List<Holding> holdings = quotas.stream().map(this::add).toList();
        doLater();
        assertThat(refunds).hasValue(1);
        assertThat(holdings.get(1).lease()).isNull();
        assertThat(holdings.get(2).lease())
                .isNotNull()
                .satisfies(lease -> assertThat(lease.grant().credits()).isOne());
    }

    /** Else each request that spends what is in hand would have another question put, every few milliseconds. */
    @Test
    void creditsThatWereAskedForInVain_areNotAskedForAgain() {
        Quota quota = USER.of("a");
        Holding holding = new Holding(nanos.get());
        assertThat(holding.beginAsking(1)).isTrue();
        Lease lease = holding.endAsking(new Grant(quota, 100, new Standing(100, 0, 0), 1, 1), nanos.get(), false);
        assertThat(lease).isNotNull();
        assertThat(lease.spend(USER, 80, nanos.get())).isTrue();
        assertThat(lease.isWaning(nanos.get())).isTrue();
        without.add(quota);
        renewals.add(quota, holding);
        doLater();
        assertThat(questions).hasSize(1);
        assertThat(holding.next()).isNull();
        assertThat(lease.isWaning(nanos.get())).isFalse();
        assertThat(lease.spend(USER, 20, nanos.get()))
                .as("it is as good as before")
                .isTrue();
    }

    /** One that has no room does not keep the others from having credits. */
    @Test
    void keyWithoutRoom_isLeftOut() {
        List<Quota> quotas = quotas(0, 3);
        full.add(quotas.get(1));
        List<Holding> holdings = quotas.stream().map(this::add).toList();
        doLater();
        assertThat(questions).containsExactly(quotas, List.of(quotas.get(0), quotas.get(2)));
        assertThat(holdings.stream().map(holding -> holding.lease() != null)).containsExactly(true, false, true);
        assertThat(holdings).allMatch(holding -> holding.beginAsking(1));
    }

    /** In several slots credits come before another slot denies: they are nobody else's, and are not asked for again. */
    @Test
    void keyThatHasGotCredits_beforeAnotherHadNoRoom_keepsThem() {
        List<Quota> quotas = quotas(0, 3);
        full.add(quotas.get(1));
        before.add(quotas.get(0));
        List<Holding> holdings = quotas.stream().map(this::add).toList();
        doLater();
        assertThat(questions).containsExactly(quotas, List.of(quotas.get(2)));
        assertThat(holdings.get(0).lease())
                .isNotNull()
                .satisfies(lease -> assertThat(lease.grant().credits()).isEqualTo(7));
        assertThat(holdings.get(1).lease()).isNull();
        assertThat(holdings.get(2).lease()).isNotNull();
    }

    /** Credits of one key are asked for by one at a time, also after the key was reset and has another place. */
    @Test
    void key_isAskedForOnce() {
        Quota quota = USER.of("a");
        Holding first = add(quota);
        renewals.add(quota, first);
        assertThat(first.beginAsking(1)).isFalse();
        Holding second = add(quota);
        doLater();
        assertThat(questions).containsExactly(List.of(quota));
        assertThat(first.lease()).isNull();
        assertThat(second.lease()).isNotNull();
        assertThat(first.beginAsking(1)).isTrue();
    }

    @Test
    void noAnswer_leavesItToCallers() {
        isOut = true;
        Holding holding = add(USER.of("a"));
        doLater();
        assertThat(holding.lease()).isNull();
        assertThat(holding.beginAsking(1)).isTrue();
    }

    /** What waits for its turn is bounded in characters; what finds no room callers ask for. */
    @Test
    void longKeys_areLeftToCallers() {
        assertThat(add(USER.of("x".repeat(1_000_000))).beginAsking(1)).isTrue();
        assertThat(add(USER.of("a")).beginAsking(1)).isFalse();
    }

    @Test
    void afterClosing_nothingIsTaken() {
        add(USER.of("a"));
        renewals.close();
        doLater();
        assertThat(questions).isEmpty();
    }
}
