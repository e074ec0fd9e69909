/**
 * What changes of JPA entities end: how entities say it, how changes are heard, and when it takes effect.
 * Applications rely on its listener and its interface, the extension on the rest; the one room that knows JPA and transactions.
 */
@NullMarked
package io.nearfar.cdi.model;

import org.jspecify.annotations.NullMarked;
