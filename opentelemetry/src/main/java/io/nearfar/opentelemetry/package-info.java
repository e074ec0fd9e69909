/**
 * The metrics of a cache manager in OpenTelemetry: {@link io.nearfar.opentelemetry.NearfarInstruments} by its API alone, and
 * {@link io.nearfar.opentelemetry.NearfarHistograms} for who sets up its SDK.
 */
@NullMarked
package io.nearfar.opentelemetry;

import org.jspecify.annotations.NullMarked;
