package io.nearfar.tck;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** What a run tells about itself beside the reports of its tests; written at its end. */
public final class RunRecord {
    private static final String FILE = "run.properties";

    private static final String BUILD = "tck.run";

    private final Properties facts = new Properties();

    /** Begins the record of a run of the build that this JVM belongs to. */
    static RunRecord ofThisBuild() {
        return new RunRecord().put(BUILD, System.getProperty(BUILD));
    }

    RunRecord put(String fact, Object value) {
        facts.setProperty(fact, String.valueOf(value));
        return this;
    }

    void writeTo(Path folder) {
        try {
            Files.createDirectories(folder);
            try (Writer out = Files.newBufferedWriter(folder.resolve(FILE))) {
                facts.store(out, "Facts of a run of the TCK");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the record of the run to " + folder, e);
        }
    }

    /**
     * Reads the record of a run; fails if there is none, for then the run did not come to its end, or if it is that of an
     * earlier build.
     */
    public static RunRecord of(TckMode mode) {
        RunRecord record = new RunRecord();
        Path file = mode.results().resolve(FILE);
        try (Reader in = Files.newBufferedReader(file)) {
            record.facts.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("the run in mode " + mode + " has left no record in " + file, e);
        }
        if (!record.text(BUILD).equals(System.getProperty(BUILD))) {
            throw new IllegalStateException("the record in " + file + " is that of an earlier build, " + record.facts);
        }
        return record;
    }

    public long number(String fact) {
        return Long.parseLong(text(fact));
    }

    public boolean isTrue(String fact) {
        return Boolean.parseBoolean(text(fact));
    }

    private String text(String fact) {
        String value = facts.getProperty(fact);
        if (value == null) {
            throw new IllegalStateException("the record of the run lacks " + fact + "; it has " + facts);
        }
        return value;
    }
}
