package io.nearfar.testkit.fault;

import io.nearfar.testkit.wire.Frame;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The faults that hold at the moment, and what they come to together. For any number of threads. */
final class Rules {
    private final List<Fault> faults = new CopyOnWriteArrayList<>();

    void add(Fault fault) {
        faults.add(fault);
    }

    void remove(Fault fault) {
        faults.remove(fault);
    }

    List<Fault> all() {
        return List.copyOf(faults);
    }

    /** Returns how many nanoseconds longer something takes that way, and counts that for each fault that has a part in it. */
    long delay(Direction way) {
        long sum = 0;
        for (Fault fault : faults) {
            long longer = fault.effect().delay(way);
            fault.took(longer > 0);
            sum += longer;
        }
        return sum;
    }

    /** Tells whether a connection is turned away, and counts it. */
    boolean refuse() {
        return took(Effect::refuses);
    }

    /** Tells whether something stays where it is, and counts it. */
    boolean hold() {
        return took(Effect::freezes);
    }

    /** Tells whether everything stays where it is. */
    boolean freezes() {
        return faults.stream().anyMatch(fault -> fault.effect().freezes());
    }

    /** Tells whether something of the server's is lost, and counts it. */
    boolean lose(Frame frame) {
        return took(effect -> effect.loses(frame));
    }

    private boolean took(Predicate<Effect> question) {
        boolean any = false;
        for (Fault fault : faults) {
            any |= fault.took(question.test(fault.effect()));
        }
        return any;
    }

    /** Returns the error that answers a command of that name, and counts it; null if the server shall answer. */
    @Nullable
    String answer(String command) {
        for (Fault fault : faults) {
            String error = fault.effect().answer(command);
            if (fault.took(error != null)) {
                return error;
            }
        }
        return null;
    }
}
