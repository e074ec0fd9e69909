/**
 * Cache entry listeners: registration, filtering, order and delivery, as JSR-107 chapter 9 has it.
 * The front desk relies on it.
 */
@NullMarked
package io.nearfar.jcache.event;

import org.jspecify.annotations.NullMarked;
