package io.nearfar.entry.codec;

import io.nearfar.config.CacheSettings;

/** What is said when a type is refused, with the line that would allow it. */
final class TrustTexts {
    private TrustTexts() {}

    static String refusal(CacheSettings settings, CacheTypes types, String type) {
        return "Cache " + settings.name() + ": type " + type + " is not allowed in it, for " + reason(settings, types)
                + ". To allow it add the setting " + line(settings, type);
    }

    private static String reason(CacheSettings settings, CacheTypes types) {
        if (types.isDeclared()) {
            return "it declares " + types.declared().getName();
        }
        return "its types are not declared, its trust is "
                + settings.trust().name().toLowerCase(java.util.Locale.ROOT)
                + " and the type is not one that is safe to learn";
    }

    /** Returns the setting that allows the type in this cache. */
    static String line(CacheSettings settings, String type) {
        return "nearfar.cache." + settings.name() + ".codec.allow=" + type;
    }
}
