package io.nearfar;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key made of parts, which far tier and messages show as its parts joined by colons ({@code 42:30d}). Two keys must be
 * equal exactly when their parts are equal, element by element, arrays by their content.
 */
public interface ReadableKey {
    /** Returns the parts in order; a part may be null. The same parts at every call. */
    List<? extends @Nullable Object> keyParts();
}
