/**
 * The gazetteer's database: where it is, its tables, and the bulk load of the cities at the first start. The rest of
 * the application meets it through JPA only.
 */
@NullMarked
package io.nearfar.sample.data;

import org.jspecify.annotations.NullMarked;
