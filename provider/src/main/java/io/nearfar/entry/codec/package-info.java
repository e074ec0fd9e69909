/**
 * Objects to bytes and back: the compact form of standard types, the codecs of all others, and which types are trusted.
 * The entry room's formats rely on it, and whoever wires them.
 */
@NullMarked
package io.nearfar.entry.codec;

import org.jspecify.annotations.NullMarked;
