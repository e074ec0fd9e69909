package io.nearfar.fault.check;

import io.nearfar.fault.history.Kind;
import io.nearfar.fault.history.Operation;
import io.nearfar.fault.history.Outcome;
import io.nearfar.fault.history.Role;
import io.nearfar.fault.history.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All that was done to one key, and to everything at once. */
final class KeyHistory {
    private final String key;
    private final List<Operation> operations;
    private final List<Write> writes = new ArrayList<>();
    private final List<Read> reads = new ArrayList<>();
    private final Map<Long, Write> byValue = new HashMap<>();
    private final Map<Long, Operation> denied = new HashMap<>();
    private final Succession changes;
    private final Succession endings;
    private final Succession puts;

    /** @param ofAll what was done to the whole cache, or to the whole far tier */
    KeyHistory(String key, List<Operation> operations, List<Operation> ofAll) {
        this.key = key;
        this.operations = operations;
        Stream.concat(operations.stream(), ofAll.stream()).forEach(this::take);
        this.changes = new Succession(writes.stream().filter(Write::sure).toList());
        this.endings = new Succession(writes.stream()
                .filter(write -> write.sure() || isEnding(write.by()))
                .toList());
        this.puts = new Succession(
                writes.stream().filter(w -> w.sure() && !w.isRemoval()).toList());
    }

    private static boolean isEnding(Operation by) {
        return by.kind() == Kind.INVALIDATE_LIKE && by.outcome() == Outcome.DONE;
    }

    private void take(Operation operation) {
        for (Write write : Meaning.writes(operation)) {
            writes.add(write);
            if (!write.isRemoval()) {
                byValue.put(write.value(), write);
            }
        }
        Read read = Meaning.read(operation);
        if (read != null) {
            reads.add(read);
        }
        if (Meaning.denied(operation) != Values.NONE) {
            denied.put(Meaning.denied(operation), operation);
        }
    }

    String key() {
        return key;
    }

    Role role() {
        return Role.of(key);
    }

    /** Returns what names this key. */
    List<Operation> operations() {
        return operations;
    }

    /** Returns every change, those of all keys included. */
    List<Write> writes() {
        return writes;
    }

    Stream<Write> removals() {
        return writes.stream().filter(Write::isRemoval);
    }

    /** Returns the reads that found something in the cache, if its write is known. */
    Stream<Read> sightings() {
        return reads.stream()
                .filter(read -> !read.isAbsence() && byValue.containsKey(read.value()))
                .filter(read -> !isOwnLoad(read.by(), byValue.get(read.value()).by()));
    }

    /** Who loads is handed the result also if it could not be kept. */
    private static boolean isOwnLoad(Operation read, Operation write) {
        return write.kind() == Kind.LOAD
                && write.caller().equals(read.caller())
                && read.run().times() == 1
                && read.invoked() <= write.returned();
    }

    /**
     * Tells whether what was read can be the result of a load that an end kept from being stored: who asked on its node before it
     * began is handed that too. The right to load stood when that caller asked, and no more when it was answered.
     */
    boolean mayHaveBeenKeptOut(Read read) {
        Operation load = byValue.get(read.value()).by();
        Operation by = read.by();
        return read.mayLoad()
                && load.kind() == Kind.LOAD
                && load.caller().node() == by.caller().node()
                && by.invoked() <= load.invoked()
                && removals()
                        .anyMatch(end -> end.by().kind() == Kind.EXPIRE
                                && end.earliest() < by.returned()
                                && end.latest() > by.invoked());
    }

    Stream<Read> absences() {
        return reads.stream().filter(Read::isAbsence);
    }

    List<Read> reads() {
        return reads;
    }

    /** Returns the write of a value, or null if there is none that can have happened. */
    Write writeOf(long value) {
        return byValue.get(value);
    }

    /** Returns the operation that was told that its value has not been written, or null. */
    Operation denialOf(long value) {
        return denied.get(value);
    }

    /** Returns the changes that certainly happened. */
    Succession changes() {
        return changes;
    }

    /** Returns those that certainly ended the life of a value, if it was written before they began. */
    List<Write> endings(Write seen) {
        return endings.allAfter(seen.orderedBy()).stream()
                .filter(write -> write.concerns(seen.value()))
                .toList();
    }

    /** Returns those of them that left a value. */
    Succession puts() {
        return puts;
    }
}
