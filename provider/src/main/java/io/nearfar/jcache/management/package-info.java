/**
 * The MXBeans for configuration and statistics, and their registration.
 * The front desk relies on it.
 */
@NullMarked
package io.nearfar.jcache.management;

import org.jspecify.annotations.NullMarked;
