/**
 * Cities, regions and countries: what the database knows of them and how long each answer may be kept. Queries are
 * written for clarity, without tricks against their cost; the annotations of JSR-107 make them fast.
 */
@NullMarked
package io.nearfar.sample.place;

import org.jspecify.annotations.NullMarked;
