/**
 * Metrics in the words of those who collect them: the text of Prometheus, and MicroProfile Metrics where it is there.
 * The extension and the web room rely on it.
 */
@NullMarked
package io.nearfar.cdi.metrics;

import org.jspecify.annotations.NullMarked;
