package io.nearfar.testkit.fault;

/** Which way something goes. */
public enum Direction {
    /** What the node sends: commands. */
    TO_SERVER,
    /** What the server sends: replies and messages. */
    FROM_SERVER
}
