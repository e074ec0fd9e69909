package io.nearfar;

/** Where requests under a limit are decided. In both modes no window ever holds more permits than the limit. */
public enum LimitMode {
    /** Where they are counted: each request is a question to the far tier. */
    STRICT,
    /**
     * Where they come in, from credits that a node holds in advance, as long as it has some: they are counted far when the node
     * takes them, are good for a fiftieth of the window and for a second at most, and a permit counts for that much longer
     * than the window. When little is left, requests are decided one by one, as in mode strict. Without a far tier, and for
     * windows below a second, the same as strict.
     */
    LEASED
}
