package io.nearfar.tool;

import io.nearfar.FarRefusalException;
import io.nearfar.FarTierUnavailableException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.cache.CacheException;

/** The tool behind {@link Main}, which calls it by name where the libraries are inside the jar. */
public final class Tool {
    private Tool() {}

    /** Runs the tool with the process's output and returns the exit code. */
    public static int run(String... arguments) {
        return run(
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                arguments);
    }

    /** Runs the tool and returns the exit code. */
    static int run(PrintStream out, PrintStream err, String... arguments) {
        boolean json = Arrays.asList(arguments).contains(Option.JSON.written());
        Console console = new Console(out, err, json, System::nanoTime);
        try {
            Request request = RequestReader.read(arguments);
            Report report = request.command().work().run(request, console);
            console.print(report);
            return report.outcome().ordinal();
        } catch (Throwable e) { // else the process would end with the code for no
            return failed(e, console).ordinal();
        }
    }

    private static Outcome failed(Throwable failure, Console console) {
        Outcome outcome = outcome(failure);
        boolean isExplained = outcome != Outcome.BROKEN || failure instanceof ToolException;
        console.fail(outcome, isExplained ? String.valueOf(failure.getMessage()) : "the tool has failed: " + failure);
        return outcome;
    }

    /** Returns what a failure means to who has called. */
    static Outcome outcome(Throwable failure) {
        if (failure instanceof ToolException known) {
            return known.outcome();
        } else if (failure instanceof FarTierUnavailableException && !(failure instanceof FarRefusalException)) {
            return Outcome.SILENT;
        }
        return failure instanceof CacheException ? Outcome.REFUSED : Outcome.BROKEN;
    }
}
