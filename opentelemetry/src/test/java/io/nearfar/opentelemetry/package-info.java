/** The SDK of OpenTelemetry with the metrics of real caches. */
package io.nearfar.opentelemetry;
