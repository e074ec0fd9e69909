package io.nearfar.fault.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {
    private static final Caller CALLER = new Caller(2, 3);

    @Test
    void operations_writtenAndRead_areTheSame(@TempDir Path folder) {
        Values values = new Values(Values.unique(CALLER, 7), Values.NONE, Values.unique(CALLER, 6));
        List<Operation> operations = List.of(
                Operation.of(CALLER, Kind.GET_AND_PUT, "registers/k", values, Outcome.DONE, Run.of(1, 2)),
                Operation.failed(Caller.JUDGE, Kind.GET, "registers/k", Values.NOTHING, "Outage", Run.of(3, 4)),
                Operation.of(Caller.HARNESS, Kind.LOSS, "*", Values.NOTHING, Outcome.DONE, Run.of(5, 6))
                        .heard(2));
        HistoryFile.write(folder.resolve("history"), operations);
        assertThat(HistoryFile.read(folder.resolve("history"))).isEqualTo(operations);
        assertThat(operations.get(0).tell(0)).contains("node 2 thread 3", "v2.3.7", "v2.3.6");
    }

    @Test
    void recorder_equalReads_becomeOne() {
        Recorder recorder = new Recorder();
        recorder.add(get(1, 10, 11));
        recorder.add(get(1, 20, 29));
        recorder.add(get(2, 30, 31));
        assertThat(recorder.operations())
                .containsExactly(
                        Operation.of(
                                CALLER,
                                Kind.GET,
                                "registers/k",
                                Values.found(1),
                                Outcome.DONE,
                                new Run(new Span(10, 11), new Span(20, 29), 2, 9)),
                        get(2, 30, 31));
    }

    @Test
    void recorder_ofACallerWhoseLoadsRunBesideIt_losesNothing() {
        Recorder recorder = new Recorder();
        IntStream.range(0, 100_000)
                .parallel()
                .forEach(i -> recorder.add(
                        Operation.of(CALLER, Kind.PUT, "kept/k", Values.written(i), Outcome.DONE, Run.of(i, i))));
        assertThat(recorder.operations()).hasSize(100_000);
    }

    @Test
    void recorder_accesses_stayApart() {
        Recorder recorder = new Recorder();
        recorder.add(read("touched/k", 1, 10, 11));
        recorder.add(read("touched/k", 1, 20, 21));
        assertThat(recorder.operations()).hasSize(2);
    }

    @Test
    void union_overlappingSpans_countsTimeOnce() {
        List<Span> spans = List.of(new Span(5, 8), new Span(1, 4), new Span(3, 6), new Span(20, 21), new Span(2, 3));
        assertThat(Span.union(spans)).containsExactly(new Span(1, 8), new Span(20, 21));
    }

    private static Operation get(long value, long from, long to) {
        return read("registers/k", value, from, to);
    }

    private static Operation read(String key, long value, long from, long to) {
        return Operation.of(CALLER, Kind.GET, key, Values.found(value), Outcome.DONE, Run.of(from, to));
    }
}
