/**
 * HTTP sessions of Apache Tomcat in a cache of Nearfar, so that several nodes share them. Servers name {@link
 * io.nearfar.tomcat.NearfarSessionManager} in the context of an application; nothing else is to be used from here.
 */
@NullMarked
package io.nearfar.tomcat;

import org.jspecify.annotations.NullMarked;
