/**
 * Parts of pages that are kept and shown again: rendered once for all who may see them. The extension makes the bean, and
 * applications call it.
 */
@NullMarked
package io.nearfar.cdi.fragment;

import org.jspecify.annotations.NullMarked;
