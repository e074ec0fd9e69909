/** What is loaded before anybody asks for it. */
@NullMarked
package io.nearfar.sample.warm;

import org.jspecify.annotations.NullMarked;
