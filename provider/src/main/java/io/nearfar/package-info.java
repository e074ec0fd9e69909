/**
 * What a user of Nearfar imports beyond JCache: options, tiers, health, and the interfaces to implement.
 * Applications and every other room may rely on it; it leans on JSR-107 alone.
 */
@NullMarked
package io.nearfar;

import org.jspecify.annotations.NullMarked;
