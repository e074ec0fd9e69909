/**
 * The metrics of a cache manager in a registry of Micrometer. Applications make a {@link io.nearfar.micrometer.NearfarMetrics}
 * and bind it; those of Spring Boot have it by themselves.
 */
@NullMarked
package io.nearfar.micrometer;

import org.jspecify.annotations.NullMarked;
