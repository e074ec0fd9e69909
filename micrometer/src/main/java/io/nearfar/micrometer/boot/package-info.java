/** What Spring Boot finds by itself; nothing is to be used from here. */
@NullMarked
package io.nearfar.micrometer.boot;

import org.jspecify.annotations.NullMarked;
