/**
 * The front desk: the rules of JSR-107, and nothing about Redis or Caffeine.
 * The caching provider relies on it.
 */
@NullMarked
package io.nearfar.jcache;

import org.jspecify.annotations.NullMarked;
