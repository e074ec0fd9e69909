package io.nearfar.tck;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The modes in which the TCK is run, each in a JVM of its own that the build tells which. */
public enum TckMode {
    NEAR,
    TIERED,
    TIERED_ON_A_CLUSTER,
    FAR;

    /** The mode that this JVM runs the TCK in; empty if it runs something else. */
    static Optional<TckMode> ofThisRun() {
        return Optional.ofNullable(System.getProperty("tck.mode"))
                .map(name -> valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_')));
    }

    /** The modes that the build was asked to run the TCK in: the cluster is left to some builds. */
    public static Stream<TckMode> asked() {
        return Stream.of(values()).filter(mode -> !mode.hasCluster() || !Boolean.getBoolean("tck.cluster.skip"));
    }

    public static Stream<TckMode> askedOfTheFarTier() {
        return asked().filter(TckMode::hasFarTier);
    }

    public boolean hasFarTier() {
        return this != NEAR;
    }

    public boolean hasCluster() {
        return this == TIERED_ON_A_CLUSTER;
    }

    /** The mode in words. */
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Where the run leaves its reports. */
    public Path results() {
        return Path.of(System.getProperty("tck.results"), words().replace(' ', '-'));
    }
}
