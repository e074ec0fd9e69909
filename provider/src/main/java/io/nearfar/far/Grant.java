package io.nearfar.far;

import io.nearfar.Quota;

/**
 * Credits that were charged to a quota beyond the cost of a request, for the node that asked to spend.
 *
 * @param quota the quota
 * @param credits how many, above 0
 * @param standing how the quota stood then, the credits included
 * @param instant when they were charged, in microseconds of the server's clock
 * @param base of the quota's window then
 */
public record Grant(Quota quota, long credits, Standing standing, long instant, long base) {}
