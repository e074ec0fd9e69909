/**
 * What happens when an annotated method is called: its key, its cache, and the method itself.
 * The extension relies on it, and the room of limits on its manager, its instances and its stages.
 */
@NullMarked
package io.nearfar.cdi.cache;

import org.jspecify.annotations.NullMarked;
