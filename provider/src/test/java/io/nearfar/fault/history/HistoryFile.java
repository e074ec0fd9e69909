package io.nearfar.fault.history;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Hands operations from one JVM to another. */
public final class HistoryFile {
    private HistoryFile() {}

    public static void write(Path file, List<Operation> operations) {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            out.writeInt(operations.size());
            for (Operation operation : operations) {
                write(out, operation);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(DataOutputStream out, Operation operation) throws IOException {
        out.writeByte(operation.caller().node());
        out.writeShort(operation.caller().thread());
        out.writeByte(operation.kind().ordinal());
        out.writeUTF(operation.key());
        out.writeLong(operation.values().written());
        out.writeLong(operation.values().wanted());
        out.writeLong(operation.values().found());
        out.writeByte(operation.outcome().ordinal());
        out.writeUTF(operation.failure());
        write(out, operation.run().first());
        write(out, operation.run().last());
        out.writeInt(operation.run().times());
        out.writeLong(operation.run().longest());
        out.writeByte(operation.events());
    }

    private static void write(DataOutputStream out, Span span) throws IOException {
        out.writeLong(span.invoked());
        out.writeLong(span.returned());
    }

    public static List<Operation> read(Path file) {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            List<Operation> operations = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                operations.add(operation(in));
            }
            return operations;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Operation operation(DataInputStream in) throws IOException {
        Caller caller = new Caller(in.readByte(), in.readShort());
        Kind kind = Kind.values()[in.readByte()];
        String key = in.readUTF();
        Values values = new Values(in.readLong(), in.readLong(), in.readLong());
        Outcome outcome = Outcome.values()[in.readByte()];
        String failure = in.readUTF();
        Run run = new Run(span(in), span(in), in.readInt(), in.readLong());
        return new Operation(caller, kind, key, values, outcome, failure, run, in.readByte());
    }

    private static Span span(DataInputStream in) throws IOException {
        return new Span(in.readLong(), in.readLong());
    }
}
