package io.nearfar.testkit;

import static java.util.Objects.requireNonNull;

import io.nearfar.testkit.server.TestServer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a test wants.
 *
 * @param mode which tiers
 * @param address of a server of the user's own, or null
 * @param settings of the manager
 */
record Plan(Mode mode, @Nullable String address, Map<String, String> settings) {
    Plan {
        requireNonNull(mode, "The mode is null");
        settings = Map.copyOf(settings);
    }

    static Plan of(Mode mode) {
        return new Plan(mode, null, Map.of());
    }

    static Plan of(NearfarTest test) {
        Plan plan = new Plan(test.mode(), test.address().isBlank() ? null : test.address(), Map.of());
        for (String setting : test.settings()) {
            int equals = setting.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("@NearfarTest has the setting \"" + setting
                        + "\", which is not of the form \"key = value\", as in \"nearfar.deadline = 100ms\"");
            }
            plan = plan.with(
                    setting.substring(0, equals).strip(),
                    setting.substring(equals + 1).strip());
        }
        return plan;
    }

    Plan with(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(settings);
        more.put(requireNonNull(key, "The key of a setting is null"), requireNonNull(value, "A setting is null"));
        return new Plan(mode, address, more);
    }

    Plan at(String newAddress) {
        return new Plan(mode, requireNonNull(newAddress, "The address is null"), settings);
    }

    /** Returns the server, or null if none is needed; one of the user's own, which the plan or else the run names, if there is. */
    @Nullable
    TestServer server(Optional<String> addressOfTheRun) {
        if (mode == Mode.NEAR) {
            return null;
        }
        String own = address == null ? addressOfTheRun.orElse("") : address;
        return own.isBlank() ? TestServer.embedded() : TestServer.at(own);
    }
}
