/**
 * Starts the sample on this machine: a real Redis, one or more nodes of Payara Micro, and everything put away again at
 * the end. The tests use the same parts.
 */
@NullMarked
package io.nearfar.sample.launch;

import org.jspecify.annotations.NullMarked;
