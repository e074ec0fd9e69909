/**
 * Expiry policies, asked exactly when JSR-107 chapter 6 says so.
 * The front desk relies on it.
 */
@NullMarked
package io.nearfar.jcache.expiry;

import org.jspecify.annotations.NullMarked;
