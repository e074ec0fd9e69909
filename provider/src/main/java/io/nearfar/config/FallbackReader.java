package io.nearfar.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the settings of the fallback store together. */
final class FallbackReader {
    private static final List<Setting<?>> OF_URLS =
            List.of(ManagerTable.FALLBACK_USER, ManagerTable.FALLBACK_PASSWORD, ManagerTable.FALLBACK_PASSWORD_FILE);

    private final Section manager;
    private final Mistakes mistakes;

    private FallbackReader(Section manager, Mistakes mistakes) {
        this.manager = manager;
        this.mistakes = mistakes;
    }

    /** Returns the settings, or null if no database is named. */
    static @Nullable FallbackSettings read(Section manager, Mistakes mistakes) {
        return new FallbackReader(manager, mistakes).read();
    }

    private @Nullable FallbackSettings read() {
        String source = manager.value(ManagerTable.FALLBACK_DATASOURCE);
        if (source == null) {
            useless(ManagerTable.FALLBACK_TABLE);
            useless(ManagerTable.FALLBACK_ENTRIES);
            OF_URLS.forEach(this::useless);
            return null;
        }
        FallbackSettings settings = new FallbackSettings(
                source,
                manager.valueOrDefault(ManagerTable.FALLBACK_TABLE),
                manager.valueOrDefault(ManagerTable.FALLBACK_ENTRIES),
                manager.value(ManagerTable.FALLBACK_USER),
                password());
        if (!settings.isUrl()) {
            OF_URLS.forEach(this::ofUrl);
        }
        return settings;
    }

    private @Nullable String password() {
        Given file = manager.given(ManagerTable.FALLBACK_PASSWORD_FILE);
        Path path = manager.value(ManagerTable.FALLBACK_PASSWORD_FILE);
        return file == null || path == null
                ? manager.value(ManagerTable.FALLBACK_PASSWORD)
                : PasswordFile.read(file, path, mistakes);
    }

    private void useless(Setting<?> setting) {
        Given given = manager.given(setting);
        if (given != null) {
            mistakes.add(
                    given, "has no effect without " + ManagerTable.FALLBACK_DATASOURCE.key() + ". Set both or none.");
        }
    }

    private void ofUrl(Setting<?> setting) {
        Given given = manager.given(setting);
        if (given != null) {
            mistakes.add(
                    given,
                    "a DataSource knows its user. Leave it out, or give " + ManagerTable.FALLBACK_DATASOURCE.key()
                            + " a URL that begins with jdbc:.");
        }
    }
}
