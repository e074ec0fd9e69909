package io.nearfar.architecture;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The rooms of the provider and their doors: a room uses itself and the rooms that its line lists. The root package is
 * {@link #API}; a room's sub-packages belong to it.
 */
public enum Room {
    API,
    CONFIG(API),
    OBSERVE(API, CONFIG),
    KEY(CONFIG),
    ENTRY(CONFIG, API),
    RESILIENCE(CONFIG, OBSERVE),
    INVALIDATION(KEY, ENTRY, CONFIG),
    NEAR(ENTRY, CONFIG, OBSERVE),
    FAR(API, ENTRY, KEY, INVALIDATION, RESILIENCE, OBSERVE, CONFIG),
    TIER(NEAR, FAR, INVALIDATION, KEY, ENTRY, RESILIENCE, OBSERVE, CONFIG, API),
    LIMIT(FAR, KEY, RESILIENCE, OBSERVE, CONFIG, API),
    FALLBACK(TIER, CONFIG, OBSERVE),
    TOOL(FAR, CONFIG, API),
    JCACHE(TIER, ENTRY, OBSERVE, CONFIG, API),
    SPI {
        @Override
        public boolean mayUse(Room other) {
            return true;
        }
    };

    @SuppressWarnings("ImmutableEnumChecker") // a Set.of, which cannot change
    private final Set<Room> doors;

    Room(Room... doors) {
        this.doors = Set.of(doors);
    }

    /** Whether classes of this room may refer to classes of the other. */
    public boolean mayUse(Room other) {
        return this == other || doors.contains(other);
    }

    /** The name of the room's package below the root package; empty for the root package itself. */
    public String folder() {
        return this == API ? "" : name().toLowerCase(Locale.ROOT);
    }

    /** The room that a package belongs to, if it lies at or below {@code root} and names a room. */
    public static Optional<Room> of(String packageName, String root) {
        if (packageName.equals(root)) {
            return Optional.of(API);
        }
        if (!packageName.startsWith(root + ".")) {
            return Optional.empty();
        }
        String folder = packageName.substring(root.length() + 1).split("\\.", 2)[0];
        return Arrays.stream(values())
                .filter(room -> room.folder().equals(folder))
                .findFirst();
    }
}
