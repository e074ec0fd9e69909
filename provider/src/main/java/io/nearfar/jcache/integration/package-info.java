/**
 * Loaders and writers: read-through, write-through and their partial successes, as JSR-107 chapter 8 has it.
 * The front desk relies on it.
 */
@NullMarked
package io.nearfar.jcache.integration;

import org.jspecify.annotations.NullMarked;
