/** Registries of Micrometer with the metrics of real caches. */
package io.nearfar.micrometer;
