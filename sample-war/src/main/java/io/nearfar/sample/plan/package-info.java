/** How much each person may ask for. The limits themselves stand at the resources that they hold for. */
@NullMarked
package io.nearfar.sample.plan;

import org.jspecify.annotations.NullMarked;
