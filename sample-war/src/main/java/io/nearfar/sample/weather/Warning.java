package io.nearfar.sample.weather;

import java.io.Serializable;

/**
 * A warning of the weather in a country.
 *
 * @param text empty where nobody warns
 * @param node the node on which it was given
 */
public record Warning(String text, String node) implements Serializable {
    /** That there is none. */
    public static final Warning NONE = new Warning("", "");
}
