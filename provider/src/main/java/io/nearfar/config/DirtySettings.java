package io.nearfar.config;

/**
 * What is kept of the changes that a cache could only note in an outage, and what becomes of the cache afterwards.
 *
 * @param maximumEntries most keys; beyond, the cache is cleared afterwards in place of them
 * @param maximumWeight most bytes of values by estimate; beyond, a key is noted without its value and removed afterwards
 * @param recovery what becomes of the far entries
 * @param fallback whether changes go to the fallback store, if there is one, and are kept here only where it fails
 */
public record DirtySettings(long maximumEntries, long maximumWeight, OutageRecovery recovery, boolean fallback) {}
