package io.nearfar.entry.codec.lent;

import java.io.Serializable;

/** In another package than the shop, and nothing in the shop says so. */
public class Animal implements Serializable {
    public String name = "dog";
}
