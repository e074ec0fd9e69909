/**
 * Redis's protocol, as far as faults need to see it. The other rooms of the module may rely on it; it leans on none.
 */
@NullMarked
package io.nearfar.testkit.wire;

import org.jspecify.annotations.NullMarked;
