package io.nearfar.cdi.limit;

import io.nearfar.Limit;
import io.nearfar.cdi.annotation.RateLimited;
import io.nearfar.cdi.method.ArgumentPath;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * One annotation as it holds for one method.
 *
 * @param annotation the annotation
 * @param place where it stands
 * @param limit what it says of limit, window and outage, its name given or by default
 * @param argument by which argument calls are told apart, or null if by something else
 * @param fallback what answers calls that are refused, or null
 */
record MethodLimit(
        RateLimited annotation,
        LimitPlace place,
        Limit limit,
        @Nullable ArgumentPath argument,
        @Nullable Method fallback) {}
