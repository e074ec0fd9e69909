/**
 * A JUnit extension that gives tests caches of their own, with an embedded Redis or without any server, and faults to put them
 * through. For tests of applications; nothing of Nearfar leans on it.
 */
@NullMarked
package io.nearfar.testkit;

import org.jspecify.annotations.NullMarked;
