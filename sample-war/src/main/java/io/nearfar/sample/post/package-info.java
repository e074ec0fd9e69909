/** Short posts about cities, the feed of those about one's own cities, and the notifications that announce them. */
@NullMarked
package io.nearfar.sample.post;

import org.jspecify.annotations.NullMarked;
