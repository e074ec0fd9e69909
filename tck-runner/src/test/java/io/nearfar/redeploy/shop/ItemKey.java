package io.nearfar.redeploy.shop;

import java.io.Serializable;

/** A key of the application's own. */
public record ItemKey(int number) implements Serializable {}
