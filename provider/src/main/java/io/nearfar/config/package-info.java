/**
 * The settings as immutable records, validated, with every default and the text of every refusal.
 * Every room but the public interface may rely on it.
 */
@NullMarked
package io.nearfar.config;

import org.jspecify.annotations.NullMarked;
