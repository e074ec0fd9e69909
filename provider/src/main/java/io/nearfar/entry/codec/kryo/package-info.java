/**
 * The codec that writes by Kryo. Its parent relies on it, and only it knows Kryo, which comes with the client of the far
 * tier.
 */
@NullMarked
package io.nearfar.entry.codec.kryo;

import org.jspecify.annotations.NullMarked;
