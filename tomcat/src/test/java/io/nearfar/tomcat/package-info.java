/** Tomcats in this process and in processes of their own, over a real Redis. */
package io.nearfar.tomcat;
