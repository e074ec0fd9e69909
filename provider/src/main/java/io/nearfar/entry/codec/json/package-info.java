/**
 * The codec that writes JSON. Its parent relies on it, and only it knows Jackson, which lies beside the provider and need
 * not be there.
 */
@NullMarked
package io.nearfar.entry.codec.json;

import org.jspecify.annotations.NullMarked;
