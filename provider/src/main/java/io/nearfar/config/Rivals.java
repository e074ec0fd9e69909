package io.nearfar.config;

import java.util.List;

/**
 * Settings that take each other's place. Given in one source they are a mistake; given in two, the source that counts
 * less gives way, as it does for one key.
 */
enum Rivals {
    PREFIX(
            List.of(ManagerTable.KEY_PREFIX),
            List.of(ManagerTable.APPLICATION, ManagerTable.ENVIRONMENT),
            "the prefix takes the place of application and environment. Set the one or the others."),
    PASSWORD(List.of(ManagerTable.PASSWORD), List.of(ManagerTable.PASSWORD_FILE), "two passwords. Set one of them."),
    FALLBACK_PASSWORD(
            List.of(ManagerTable.FALLBACK_PASSWORD),
            List.of(ManagerTable.FALLBACK_PASSWORD_FILE),
            "two passwords. Set one of them."),
    TRUST(
            List.of(TlsTable.CA),
            List.of(TlsTable.TRUST_STORE, TlsTable.TRUST_STORE_PASSWORD),
            "the authorities come from a PEM file or from a trust store. Set one of them."),
    IDENTITY(
            List.of(TlsTable.CERTIFICATE, TlsTable.KEY),
            List.of(TlsTable.KEY_STORE, TlsTable.KEY_STORE_PASSWORD),
            "the client's certificate comes from PEM files or from a key store. Set one of them."),
    NEAR_SIZE(
            List.of(CacheTable.NEAR_MAXIMUM_ENTRIES),
            List.of(CacheTable.NEAR_MAXIMUM_WEIGHT),
            "the near tier is bounded by entries or by weight. Set one of them.");

    @SuppressWarnings("ImmutableEnumChecker") // a List.of of records, which cannot change
    private final List<Setting<?>> ones;

    @SuppressWarnings("ImmutableEnumChecker") // a List.of of records, which cannot change
    private final List<Setting<?>> others;

    private final String cure;

    Rivals(List<Setting<?>> ones, List<Setting<?>> others, String cure) {
        this.ones = ones;
        this.others = others;
        this.cure = cure;
    }

    /** Takes out of {@code section} what gives way to a rival; rivals of one source go to {@code mistakes}. */
    static void settle(Section section, Mistakes mistakes) {
        for (Rivals rivals : values()) {
            rivals.ones.forEach(one -> rivals.others.forEach(other -> rivals.settle(section, one, other, mistakes)));
        }
    }

    private void settle(Section section, Setting<?> one, Setting<?> other, Mistakes mistakes) {
        Given first = section.given(one);
        Given second = section.given(other);
        if (first == null || second == null) {
            return;
        }
        if (first.isOfSameSource(second)) {
            mistakes.fight(first, second, cure);
        } else {
            section.remove(first.rank() < second.rank() ? other : one);
        }
    }
}
