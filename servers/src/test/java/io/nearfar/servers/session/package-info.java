/** A small web application that keeps things in the HTTP session, and knows nothing of caches; it runs inside the servers. */
package io.nearfar.servers.session;
