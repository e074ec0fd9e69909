/**
 * Makes values smaller for the far tier and whole again. The far tier relies on it; libraries beside the provider are known
 * here alone and need not be there.
 */
@NullMarked
package io.nearfar.entry.compression;

import org.jspecify.annotations.NullMarked;
