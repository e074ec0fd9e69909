/**
 * What can be told of caches and of the far tier to people, to monitors and to who asks whether the application is ready. The web
 * room shows it; containers find the rest by a service file.
 */
@NullMarked
package io.nearfar.cdi.status;

import org.jspecify.annotations.NullMarked;
