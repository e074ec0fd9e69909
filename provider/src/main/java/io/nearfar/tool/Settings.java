package io.nearfar.tool;

import io.nearfar.config.FarSettings;
import io.nearfar.config.NearfarSettings;
import io.nearfar.config.SettingsReader;
import java.net.URI;
import java.nio.file.Path;
import java.util.Properties;
import javax.cache.CacheException;

/** The settings that a request comes to: what was said counts before the environment, and that before the file. */
final class Settings {
    private static final String OURS = "nearfar.";

    private Settings() {}

    /**
     * Returns the settings.
     *
     * @throws ToolException if one is wrong
     */
    static NearfarSettings of(Request request) {
        String file = request.last(Option.CONFIG);
        try {
            return read(request, file == null ? SettingsReader.DEFAULT_URI : uri(file));
        } catch (CacheException e) {
            throw ToolException.usage(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Returns the settings with those of a file.
     *
     * @throws CacheException if one is wrong
     */
    static NearfarSettings read(Request request, URI uri) {
        return SettingsReader.read(uri, said(request), Settings.class.getClassLoader());
    }

    /**
     * Returns where a file is.
     *
     * @throws ToolException if it is given as an address; does not repeat it, for a password may be in it
     */
    static URI uri(String file) {
        if (RequestReader.isAddress(file)) {
            throw ToolException.usage("Where the path of a file belongs there is an address. That of a server stands"
                    + " behind the command, as in check redis://host:6379");
        }
        return Path.of(file).toAbsolutePath().toUri();
    }

    private static Properties said(Request request) {
        Properties said = new Properties();
        request.all(Option.SET).forEach(setting -> {
            int equals = setting.indexOf('=');
            if (!setting.startsWith(OURS) || equals < 0) {
                throw ToolException.usage("It is written " + Option.SET.shown() + ", and the key begins with " + OURS);
            }
            said.setProperty(setting.substring(0, equals), setting.substring(equals + 1));
        });
        String address = request.address();
        if (address != null) {
            said.setProperty("nearfar.address", address);
        }
        String prefix = request.last(Option.PREFIX);
        if (prefix != null) {
            said.setProperty("nearfar.prefix", prefix);
        }
        return said;
    }

    /**
     * Returns those of the far tier.
     *
     * @throws ToolException if there is none
     */
    static FarSettings far(NearfarSettings settings) {
        FarSettings far = settings.far();
        if (far == null) {
            throw ToolException.usage("Which server? Name it behind the command, as in status redis://host:6379, or set"
                    + " nearfar.address; there is " + settings.describe());
        }
        return far;
    }
}
