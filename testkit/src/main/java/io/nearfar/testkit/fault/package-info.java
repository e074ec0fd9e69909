/**
 * The fault simulator: what a bad network and a server in trouble do to the connections of one node, on request.
 * The root of the module hands it to tests; it may be used without JUnit too, and knows neither JUnit nor Nearfar.
 */
@NullMarked
package io.nearfar.testkit.fault;

import org.jspecify.annotations.NullMarked;
