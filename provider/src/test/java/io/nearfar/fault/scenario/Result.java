package io.nearfar.fault.scenario;

import io.nearfar.fault.check.Report;

/**
 * What a trial came to.
 *
 * @param recovery how long after the end of the fault anything still failed or was stale, in nanoseconds
 */
record Result(Report report, long recovery) {}
