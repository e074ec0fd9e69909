package io.nearfar.fault.scenario;

import io.nearfar.fault.node.NodeProcess.Kit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Gives a node a wall clock that is wrong, where the system has libfaketime. Its monotonic clock stays right. */
public final class WallClock {
    private static final Path LIBRARIES = Path.of("/usr/lib");
    private static final String LIBRARY = "faketime/libfaketime.so.1";
    private static final int[] MINUTES_AHEAD = {0, 10, -10};

    /** Says of a row that its nodes were {@link #ofTwoWrong}. */
    static final String TWO_WRONG = "two clocks ten minutes off";

    private WallClock() {}

    /** Returns what makes a node's wall clock run so many minutes ahead, if that can be had. */
    static Optional<Kit> ahead(int minutes) {
        return ahead(Duration.ofMinutes(minutes));
    }

    /** Returns what makes a node's wall clock run so many seconds ahead, if that can be had. */
    public static Optional<Kit> ahead(Duration time) {
        return library().map(library -> new Kit(List.of(), Map.of(), environment(library, time.toSeconds())));
    }

    /** Tells whether a node can have a wrong wall clock. */
    public static boolean canBeWrong() {
        return library().isPresent();
    }

    /** Returns what a node has whose clock is right, or of the second and third node ten minutes off. */
    static Kit ofTwoWrong(int node) {
        return ahead(MINUTES_AHEAD[node]).orElseThrow();
    }

    private static Map<String, String> environment(Path library, long seconds) {
        return Map.of(
                "LD_PRELOAD",
                library.toString(),
                "FAKETIME",
                (seconds < 0 ? "" : "+") + seconds,
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0"); // else timed waits end at once
    }

    private static Optional<Path> library() {
        if (!Files.isDirectory(LIBRARIES)) {
            return Optional.empty();
        }
        try (Stream<Path> folders = Files.list(LIBRARIES)) {
            return folders.map(folder -> folder.resolve(LIBRARY))
                    .filter(Files::isRegularFile)
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
