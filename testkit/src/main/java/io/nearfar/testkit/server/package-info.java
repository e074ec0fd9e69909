/**
 * The Redis of the tests: the embedded one, or one of the user's own. The root of the module hands it to tests; it knows
 * neither JUnit nor Nearfar, and no other room knows the embedded Redis.
 */
@NullMarked
package io.nearfar.testkit.server;

import org.jspecify.annotations.NullMarked;
