/**
 * Who is asking. A person signs in on one node and is signed in on all, because sessions are entries of a cache and
 * not of a server.
 */
@NullMarked
package io.nearfar.sample.signin;

import org.jspecify.annotations.NullMarked;
