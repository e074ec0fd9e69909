package io.nearfar.fault.window;

import io.nearfar.fault.node.Counter;
import io.nearfar.fault.window.Attack.Shape;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Attacks at one counter; those after which nothing can be said are repeated. */
final class Trials {
    /** Short, so that many fit into a test; long beside what a call takes. */
    static final Shape SHAPE = new Shape(10, 300_000, 1, false);

    /** As short as a leased window is, and with so many permits that each node holds some. */
    static final Shape LEASED = new Shape(400, 1_000_000, 1, true);

    /** The same with a longer window, each request counted for itself. */
    static final Shape LONGER = new Shape(400, 1_500_000, 1, false);

    /** So many permits that a window is counted in hundredths; few requests have them all. */
    static final Shape LARGE = new Shape(20_000, 300_000, 500, false);

    /** So often too little may be seen, or the server's clock jump, before somebody has to look. */
    private static final int MOST = 50;

    /**
     * So many leased windows after all permits were had, at the earliest, they are there again. Before that nodes know that there are
     * none, and ask nobody.
     */
    private static final double AGAIN = 1.03;

    /** Of other limits few permits are there, and gone again at once: what takes answers has to be there before them. */
    private static final double ALMOST_AGAIN = 0.95;

    private final Range range;
    private final @Nullable Counter counter;
    private final Shape shape;

    /**
     * Prepares them.
     *
     * @param counter who is asked, or null for Nearfar's limiter
     */
    Trials(Range range, @Nullable Counter counter, Shape shape) {
        this.range = range;
        this.counter = counter;
        this.shape = shape;
    }

    /** Attacks once, and returns what is wrong, if that is sure. */
    Optional<String> violation(Consumer<Attack> how) {
        Attack attack = new Attack(range, counter, shape);
        how.accept(attack);
        return attack.isClockSteady() ? attack.violation() : Optional.empty();
    }

    /**
     * Attacks until all permits were had at least once, and nodes have spent credits where they may hold some, or something is
     * wrong.
     */
    Optional<String> violationOfFull(Consumer<Attack> how) {
        return violationWhere(attack -> true, how);
    }

    /** Attacks likewise, while something happens to the server that is noticed. */
    Optional<String> violationThrough(Trouble trouble) {
        return violationWhere(
                attack -> attack.uncounted() > 0 || !trouble.takesAnswers(), attack -> through(attack, trouble));
    }

    /** Attacks likewise, while the limit has another window and the other mode for a while. */
    Optional<String> violationOfOther(Shape other) {
        return violationWhere(attack -> true, attack -> {
            attack.hammer(0.4);
            attack.hammer(0.4, other);
            attack.hammer(1);
        });
    }

    private Optional<String> violationWhere(Predicate<Attack> proves, Consumer<Attack> how) {
        for (int i = 0; i < MOST; i++) {
            Attack attack = new Attack(range, counter, shape);
            how.accept(attack);
            Optional<String> found = attack.violation();
            boolean isProof = attack.hasUsedAll() && attack.hasUsedCredits() && proves.test(attack);
            if (attack.isClockSteady() && (found.isPresent() || isProof)) {
                return found;
            }
        }
        return Optional.of("in " + MOST + " attacks too little was seen even once, or the server's clock jumped");
    }

    private void through(Attack attack, Trouble trouble) {
        long begun = System.nanoTime();
        attack.burst();
        Runnable end = attack.begin(shape.leased() ? 1.6 : 2.2);
        if (shape.leased()) {
            attack.restSince(begun, AGAIN);
        } else if (trouble.takesAnswers()) {
            attack.restSince(begun, ALMOST_AGAIN);
        } else {
            attack.rest(0.3);
        }
        trouble.happen(attack, range);
        end.run();
    }

    /** Attacks while the limit is changed on all nodes together. */
    static void changingTogether(Attack attack) {
        attack.hammer(0.3, 400, 400, 400);
        attack.hammer(0.3, 800, 800, 800);
        attack.hammer(1, 200, 200, 200);
    }

    /** Attacks while the limit is changed on one node after the other. */
    static void changing(Attack attack) {
        attack.hammer(0.4, 10, 10, 10);
        attack.hammer(0.3, 10, 20, 10);
        attack.hammer(0.3, 20, 20, 20);
        attack.hammer(0.3, 20, 5, 20);
        attack.hammer(1, 5, 5, 5);
    }
}
