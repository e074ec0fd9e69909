package io.nearfar.servers.probe;

import java.io.Serializable;

/** A key of the application's own. */
public record WordKey(String word) implements Serializable {}
