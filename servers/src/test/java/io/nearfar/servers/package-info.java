/** Servers as their makers distribute them, each in processes of its own, with an application that uses Nearfar. */
package io.nearfar.servers;
