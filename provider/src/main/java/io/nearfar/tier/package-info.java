/**
 * Near then far: the load lease, the order of writes, and the applying of invalidations.
 * The front desk relies on it.
 */
@NullMarked
package io.nearfar.tier;

import org.jspecify.annotations.NullMarked;
