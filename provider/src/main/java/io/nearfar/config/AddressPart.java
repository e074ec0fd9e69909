package io.nearfar.config;

import org.jspecify.annotations.Nullable;

/** Settles what both an address and a setting say: one source must not contradict itself, else the first counts. */
final class AddressPart {
    private AddressPart() {}

    /**
     * Returns what holds, or null if neither says anything.
     *
     * @param written what the address says, or null
     */
    static <T> @Nullable T either(
            Section manager, Given address, @Nullable T written, Setting<T> setting, Mistakes mistakes) {
        T set = manager.value(setting);
        return either(address, written, manager.given(setting), set, mistakes);
    }

    /** Likewise with a value that was found through {@code given}. */
    static <T> @Nullable T either(
            Given address, @Nullable T written, @Nullable Given given, @Nullable T set, Mistakes mistakes) {
        if (written == null || given == null || set == null) {
            return written == null ? set : written;
        }
        if (address.isOfSameSource(given) && !written.equals(set)) {
            mistakes.fight(address, given, "the address says another. Say it once.");
        }
        return address.rank() < given.rank() ? written : set;
    }
}
