package io.nearfar.config;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Puts the settings of encrypted connections together. */
final class TlsReader {
    private final Section manager;
    private final Mistakes mistakes;

    private TlsReader(Section manager, Mistakes mistakes) {
        this.manager = manager;
        this.mistakes = mistakes;
    }

    /** Returns the settings; without {@code tls} none may be set, unless they are for the server of rate limits. */
    static TlsSettings read(Section manager, Given address, boolean tls, Mistakes mistakes) {
        TlsReader reader = new TlsReader(manager, mistakes);
        if (!tls) {
            reader.refuseUnlessForLimits(address);
            return TlsSettings.DEFAULTS;
        }
        reader.findFights();
        return reader.settings();
    }

    private TlsSettings settings() {
        return new TlsSettings(
                file(TlsTable.TRUST_STORE),
                manager.value(TlsTable.TRUST_STORE_PASSWORD),
                file(TlsTable.KEY_STORE),
                manager.value(TlsTable.KEY_STORE_PASSWORD),
                file(TlsTable.CA),
                file(TlsTable.CERTIFICATE),
                file(TlsTable.KEY),
                manager.valueOrDefault(TlsTable.VERIFY_HOST));
    }

    private void refuseUnlessForLimits(Given address) {
        Given limits = manager.given(LimitTable.ADDRESS);
        if (limits == null || !AddressReader.asksForTls(limits.found().text())) {
            refuseAll(address);
        }
    }

    private void refuseAll(Given address) {
        for (Setting<?> setting : TlsTable.ALL) {
            Given given = manager.given(setting);
            if (given != null) {
                mistakes.fight(
                        given, address, "the address asks for no encryption. Write rediss:// in place of redis://.");
            }
        }
    }

    private void findFights() {
        together(TlsTable.CERTIFICATE, TlsTable.KEY);
        together(TlsTable.KEY, TlsTable.CERTIFICATE);
        together(TlsTable.TRUST_STORE_PASSWORD, TlsTable.TRUST_STORE);
        together(TlsTable.KEY_STORE_PASSWORD, TlsTable.KEY_STORE);
    }

    private void together(Setting<?> one, Setting<?> needed) {
        Given given = manager.given(one);
        if (given != null && !manager.has(needed)) {
            mistakes.add(given, "has no effect without " + needed.key() + ". Set both or none.");
        }
    }

    private @Nullable Path file(Setting<Path> setting) {
        Path path = manager.value(setting);
        Given given = manager.given(setting);
        if (path != null && given != null && !(Files.isRegularFile(path) && Files.isReadable(path))) {
            mistakes.add(given, "there is no such file that this process may read.");
        }
        return path;
    }
}
