package io.nearfar.far;

import org.jspecify.annotations.Nullable;

/** Says who is to hear of a change. */
@FunctionalInterface
interface Telling {
    /** Nobody is. */
    Telling NOBODY = () -> null;

    /** Other nodes listen. */
    int OTHERS = 1;

    /** One of them wants old values. */
    int OLD_VALUES = 2;

    /** One of them listens for what expires. */
    int EXPIRED_TO_OTHERS = 4;

    /** This node listens for what expires. */
    int EXPIRED_TO_US = 8;

    /** Who does is told by the server when the time of an entry is over. */
    int ENDS_HEARD = 16;

    /** Returns what a script is told of them, or null if nobody listens: a line feed, then 0 and so many characters further. */
    byte @Nullable [] word();

    /** Tells whether somebody listens for what expires. */
    default boolean awaitsExpired() {
        byte[] word = word();
        return word != null && ((word[1] - '0') & (EXPIRED_TO_OTHERS | EXPIRED_TO_US)) != 0;
    }
}
