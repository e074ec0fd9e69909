package io.nearfar.config;

/**
 * What a key sets.
 *
 * @param place where it stands
 * @param owner the cache name or pattern, or the template; empty for the manager
 * @param environment whether the owner is spelled as in a name of an environment variable
 * @param setting what is set
 */
record Target(Place place, String owner, boolean environment, Setting<?> setting) {}
