package io.nearfar.far;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A server that accepts writes, looked at closely.
 *
 * @param told what it says of itself, nothing if its user may not ask
 * @param findings what is unfit about it by that and by its clock
 * @param roundTrip how long the quickest of some questions took
 * @param configuration what it is set to, by name; null if its user may not ask
 */
public record ExaminedServer(
        FarServer told,
        List<ServerFinding> findings,
        Duration roundTrip,
        @Nullable Map<String, String> configuration) {
    /** Copies what it is given. */
    public ExaminedServer {
        findings = List.copyOf(findings);
        configuration = configuration == null ? null : Map.copyOf(configuration);
    }

    /** Returns where it is. */
    public String address() {
        return told.address();
    }

    /** Returns what a setting of the server says, empty if that is not known. */
    public String set(String name) {
        return configuration == null ? "" : configuration.getOrDefault(name, "");
    }
}
