/** The sample on real nodes: Payara Micro with the packaged WAR, over a real Redis. */
@NullMarked
package io.nearfar.sample.nodes;

import org.jspecify.annotations.NullMarked;
