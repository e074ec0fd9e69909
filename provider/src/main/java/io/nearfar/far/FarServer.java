package io.nearfar.far;

import io.nearfar.CacheHealth;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A server that accepts writes, and what it says of itself.
 *
 * @param address where it is
 * @param info the fields of INFO by their names
 */
public record FarServer(String address, Map<String, String> info) {
    /** Copies the fields. */
    public FarServer {
        info = Map.copyOf(info);
    }

    static FarServer of(String address, byte[] info) {
        Map<String, String> fields = new LinkedHashMap<>();
        new String(info, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains(":"))
                .forEach(line -> {
                    int colon = line.indexOf(':');
                    fields.put(line.substring(0, colon), line.substring(colon + 1));
                });
        return new FarServer(address, fields);
    }

    /** Returns {@code Valkey} if it says so, else {@code Redis}. */
    public String software() {
        return text("valkey_version").isEmpty() ? "Redis" : "Valkey";
    }

    /** Returns the version of that, empty if it does not say. */
    public String version() {
        return text(software().toLowerCase(Locale.ROOT) + "_version");
    }

    /** Returns what is unfit about it by what it says, as sentences with the cure. */
    public List<String> warnings() {
        CacheHealth.Server seen = new CacheHealth.Server(address, true, false, 0, null, Checkup.figures(this), null);
        return ServerFindings.of(seen).map(finding -> finding.warning().text()).toList();
    }

    /** Returns a field as text, empty if the server does not know it. */
    public String text(String field) {
        return info.getOrDefault(field, "");
    }

    /** Returns a field as a number, 0 if the server does not know it. */
    public long number(String field) {
        try {
            return Long.parseLong(text(field));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
