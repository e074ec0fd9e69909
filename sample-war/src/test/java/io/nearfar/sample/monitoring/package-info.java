/**
 * Alerts and the dashboard of {@code deploy}, evaluated over what the running sample exports: the part of Prometheus'
 * language that they use, on series that the tests have collected. Promtool says the same where it is installed.
 */
@NullMarked
package io.nearfar.sample.monitoring;

import org.jspecify.annotations.NullMarked;
