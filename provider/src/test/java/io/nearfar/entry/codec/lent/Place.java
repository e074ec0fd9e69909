package io.nearfar.entry.codec.lent;

import java.io.Serializable;

/** In another package than the shop, but held by what is in it. */
public record Place(String name) implements Serializable {}
