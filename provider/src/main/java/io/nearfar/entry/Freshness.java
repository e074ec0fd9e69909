package io.nearfar.entry;

/** Which tiers may answer a read. */
public enum Freshness {
    /** The near tier where it may, else the far tier. */
    NEAR,
    /** The tier that decides: the far tier where there is one. */
    AUTHORITY
}
