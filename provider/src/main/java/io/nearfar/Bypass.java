package io.nearfar;

/** Why a request passed without the leave of a limit; see {@link RateLimiter#bypassed}. */
public enum Bypass {
    /** Who asks has no limit, an administrator say: the limit was not asked, and nothing was charged. */
    EXEMPT,
    /** The limit is on trial: it was asked, and would have refused the request. */
    SHADOW
}
