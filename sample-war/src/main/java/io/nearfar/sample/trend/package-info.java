/** Which cities are looked at most: views are counted by an entry processor in a cache and nowhere else. */
@NullMarked
package io.nearfar.sample.trend;

import org.jspecify.annotations.NullMarked;
