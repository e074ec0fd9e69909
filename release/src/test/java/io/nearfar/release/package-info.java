/**
 * What a release consists of: the public packages as users see them, bills of materials and notices, and the files by which
 * hosts build it. Nothing relies on it.
 */
package io.nearfar.release;
