package io.nearfar.testkit.fault;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What can go wrong between a node and its server. A fault begins when its method returns and ends when it is closed;
 * several add up. Faults of a test that are left open end with the test.
 *
 * <p>For any number of threads.
 */
public final class Faults {
    private final Rules rules;
    private final Courier courier;
    private final IntSupplier cut;

    Faults(Rules rules, Courier courier, IntSupplier cut) {
        this.rules = rules;
        this.courier = courier;
        this.cut = cut;
    }

    private Fault begin(String what, Effect effect) {
        Fault fault = new Fault(what, effect, this::end);
        rules.add(fault);
        return fault;
    }

    private void end(Fault fault) {
        rules.remove(fault);
        courier.lookAgain();
    }

    /**
     * Every reply and every message takes so much longer, which is what a slow network and a busy server look like to who waits.
     *
     * @param longer not negative
     * @throws IllegalArgumentException if {@code longer} is negative
     */
    public Fault latency(Duration longer) {
        return latency(Direction.FROM_SERVER, longer);
    }

    /**
     * Everything takes so much longer in one direction. What goes to the server late is done late: a change that comes after its
     * deadline is none.
     *
     * @param longer not negative
     * @throws IllegalArgumentException if {@code longer} is negative
     */
    public Fault latency(Direction direction, Duration longer) {
        requireNonNull(direction, "The direction is null");
        if (longer.isNegative()) {
            throw new IllegalArgumentException("A latency of " + longer + " would arrive before it was sent");
        }
        return begin("latency of " + longer + ", " + direction, new Effect.Latency(direction, longer.toNanos()));
    }

    /** Turns new connections away; those that are open stay. */
    public Fault refuse() {
        return begin("connections are refused", new Effect.Refusal());
    }

    /** The server is gone: connections break, and there are no new ones. */
    public Fault outage() {
        Fault fault = begin("outage", new Effect.Refusal());
        cut();
        return fault;
    }

    /**
     * The server is there and says nothing: connections stay open and nothing moves on them, in either direction. What is held
     * back arrives afterwards, in its order.
     */
    public Fault freeze() {
        return begin("nothing moves", new Effect.Frost());
    }

    /**
     * Breaks the connections that are open, once; new ones are let in. There is nothing to heal.
     *
     * @return how many there were
     */
    public int cut() {
        return cut.getAsInt();
    }

    /** The server answers with an error what a server in that state does. */
    public Fault errors(ServerError error) {
        return begin("errors, " + error, new Effect.Errors(error.reply(), error::concerns));
    }

    /**
     * Commands of these names are answered with an error and not carried out. Nearfar reads by {@code MGET} and changes
     * by {@code EVALSHA}.
     *
     * @param commands names, in any case
     * @throws IllegalArgumentException if there are none
     */
    public Fault errors(ServerError error, String... commands) {
        return errors(error.reply(), commands);
    }

    /**
     * Commands of these names are answered with this text and not carried out.
     *
     * @param reply what the server says: a code in capitals and an explanation, on one line, as in {@code NOPERM no rights}
     * @param commands names, in any case
     * @throws IllegalArgumentException if there are none, or the reply has several lines
     */
    public Fault errors(String reply, String... commands) {
        if (commands.length == 0 || reply.isBlank() || reply.lines().count() > 1) {
            throw new IllegalArgumentException(
                    "Errors need a reply of one line and the names of commands, such as \"NOPERM no rights\","
                            + " \"MGET\"");
        }
        Set<String> names =
                Stream.of(commands).map(name -> name.toUpperCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        return begin(
                "errors, " + reply + ", to " + names,
                new Effect.Errors(reply, command -> names.contains(command.toUpperCase(Locale.ROOT))));
    }

    /** Messages that the server publishes do not arrive; everything else on the connections does. */
    public Fault loseMessages() {
        return begin("messages are lost", new Effect.Deafness());
    }

    /** Returns the faults that have not been healed, in the order in which they began. */
    public List<Fault> open() {
        return rules.all();
    }

    /** Heals all faults. */
    public void heal() {
        open().forEach(Fault::close);
    }
}
