/** A small web application that caches in every way and closes nothing; it runs inside the servers. */
package io.nearfar.servers.probe;
