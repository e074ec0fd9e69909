package io.nearfar.config;

import io.nearfar.HttpSettings;
import io.nearfar.InvalidationDeclaration;
import io.nearfar.MetricsSettings;
import io.nearfar.StatusSettings;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts the settings of a manager together from all that was set, and finds what cannot go together. */
final class SettingsAssembly {
    /** What to do where a server is wanted and no address is set. */
    static final String CURE = "Set nearfar.address, or one of the variables NEARFAR_ADDRESS, REDIS_URL and"
            + " VALKEY_URL, such as redis://host:6379.";

    private final Sheet sheet;
    private final Mistakes mistakes;
    private final @Nullable Given address;
    private final Mode mode;

    SettingsAssembly(Sheet sheet, Mistakes mistakes) {
        this.sheet = sheet;
        this.mistakes = mistakes;
        this.address = sheet.manager().given(ManagerTable.ADDRESS);
        this.mode = Objects.requireNonNullElse(declaredMode(), address == null ? Mode.NEAR : Mode.TIERED);
    }

    /**
     * Returns the settings.
     *
     * @param profile the active profile, or null
     * @param loader the class loader of the manager
     * @throws javax.cache.CacheException with all mistakes, those found before included
     */
    NearfarSettings settings(@Nullable String profile, ClassLoader loader) {
        CacheReader caches = new CacheReader(sheet, mode);
        findFights(caches);
        Given used = mode == Mode.NEAR ? null : address;
        boolean limitsElsewhere = sheet.manager().has(LimitTable.ADDRESS);
        Prefix prefix = used == null && !limitsElsewhere ? null : Prefix.of(sheet.manager(), profile, loader);
        FarSettings far =
                used == null || prefix == null ? null : FarReader.read(sheet.manager(), used, prefix, mistakes);
        FallbackSettings fallback = FallbackReader.read(sheet.manager(), mistakes);
        LimitSettings limits = new LimitReader(sheet.manager(), mistakes).read(far, prefix);
        List<InvalidationDeclaration> invalidations = InvalidationReader.read(sheet, mistakes);
        HttpSettings http = new HttpReader(mistakes).read(sheet);
        mistakes.throwIfAny();
        return new ReadSettings(
                mode,
                far,
                far == null ? null : fallback,
                isPrefixGiven(),
                limits,
                invalidations,
                new WarmingReader(sheet.warmings()),
                http,
                status(sheet.manager()),
                metrics(),
                sheet.manager().valueOrDefault(LogTable.KEYS),
                description(far, prefix) + limitsOf(limits),
                caches);
    }

    private static StatusSettings status(Section manager) {
        return new StatusSettings(
                manager.valueOrDefault(StatusTable.ENABLED),
                manager.valueOrDefault(StatusTable.DEBUG),
                manager.valueOrDefault(StatusTable.ROLE),
                manager.valueOrDefault(StatusTable.STRICT));
    }

    private MetricsSettings metrics() {
        Section manager = sheet.manager();
        return new MetricsSettings(
                manager.value(MetricsTable.PATH),
                manager.value(MetricsTable.ROLE),
                manager.valueOrDefault(MetricsTable.USUAL_NAMES));
    }

    private boolean isPrefixGiven() {
        Section manager = sheet.manager();
        return manager.has(ManagerTable.KEY_PREFIX) || manager.has(ManagerTable.APPLICATION);
    }

    private @Nullable Mode declaredMode() {
        return sheet.manager().value(CacheTable.MODE);
    }

    private void findFights(CacheReader caches) {
        sections().forEach(section -> Rivals.settle(section, mistakes));
        sheet.named().forEach(section -> SectionFights.find(section, mistakes));
        sheet.named().forEach(section -> TemplateNames.find(section, sheet, mistakes));
        sheet.patterns().stream()
                .filter(CachePattern::isName)
                .forEach(pattern -> caches.read(pattern.text(), true, mistakes));
        caches.read("", false, mistakes);
        findMissingAddress();
    }

    private void findMissingAddress() {
        if (address == null && declaredMode() != Mode.NEAR) {
            sections()
                    .filter(SettingsAssembly::wantsServer)
                    .map(section -> section.given(CacheTable.MODE))
                    .filter(Objects::nonNull)
                    .forEach(given -> mistakes.add(given, "needs the address of a server. " + CURE));
            Given start = sheet.manager().given(ManagerTable.START);
            if (start != null && sheet.manager().value(ManagerTable.START) == StartPolicy.REQUIRE) {
                mistakes.add(start, "a server is required, and no address is set. " + CURE);
            }
        }
    }

    private Stream<Section> sections() {
        return Stream.concat(Stream.of(sheet.manager()), sheet.named().stream());
    }

    /** Tells whether a mode is set there that cannot be without a server. */
    static boolean wantsServer(Section section) {
        Mode own = section.value(CacheTable.MODE);
        return own != null && own != Mode.NEAR;
    }

    private String limitsOf(LimitSettings limits) {
        FarSettings own = limits.far();
        return own == null || !sheet.manager().has(LimitTable.ADDRESS)
                ? ""
                : ", requests counted at " + own.address() + " from " + own.origin();
    }

    private String description(@Nullable FarSettings far, @Nullable Prefix prefix) {
        if (far != null && prefix != null) {
            return "mode " + Kinds.written(mode) + ", far tier " + far.address() + " from " + far.origin() + ", prefix "
                    + prefix.text() + " from " + prefix.origin();
        }
        Given given = sheet.manager().given(CacheTable.MODE);
        if (given == null || address == null) {
            return "mode near, " + (given == null ? "no address is set" : "from " + given);
        }
        return "mode near, from " + given + "; the address from " + address + " is not used";
    }
}
