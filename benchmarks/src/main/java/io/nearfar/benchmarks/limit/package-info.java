/** Measures rate limiters: on the server beside others, denials in the process, and in an outage. Used by the run alone. */
@NullMarked
package io.nearfar.benchmarks.limit;

import org.jspecify.annotations.NullMarked;
