/** The people who sign in: who they are, what they prefer, which cities they keep. */
@NullMarked
package io.nearfar.sample.people;

import org.jspecify.annotations.NullMarked;
