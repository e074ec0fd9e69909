package io.nearfar.cdi.limit;

import io.nearfar.Limit;
import io.nearfar.LimitMode;
import io.nearfar.LimitOutage;
import io.nearfar.cdi.annotation.LimitKey;
import io.nearfar.cdi.annotation.LimitKeyResolver;
import io.nearfar.cdi.annotation.RateLimited;
import io.nearfar.cdi.limit.LimitAnnotations.Placed;
import io.nearfar.cdi.method.ArgumentPath;
import io.nearfar.cdi.method.BeanMethods;
import io.nearfar.cdi.method.DurationText;
import io.nearfar.cdi.method.Findings;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the limits of one method, and finds what cannot be meant by them. */
final class LimitRules {
    private static final Set<LimitKey> NAMED = EnumSet.of(LimitKey.HEADER, LimitKey.PARAMETER, LimitKey.ARGUMENT);

    private static final long USUAL = 100;
    /** As requests of all have over HTTP. */
    private static final long USUAL_OF_ALL = 10_000;

    private final Class<?> beanClass;
    private final Method method;
    private final Findings findings;

    LimitRules(Class<?> beanClass, Method method, Findings findings) {
        this.beanClass = beanClass;
        this.method = method;
        this.findings = findings;
    }

    /** Returns what the annotations that hold for the method say; leaves out what cannot be told, and reports it. */
    List<MethodLimit> read(List<Placed> placed) {
        checkTogether(placed);
        List<MethodLimit> limits = new ArrayList<>();
        for (Placed each : placed) {
            MethodLimit limit = read(each);
            if (limit != null) {
                limits.add(limit);
            }
        }
        return List.copyOf(limits);
    }

    private void checkTogether(List<Placed> limits) {
        if (!BeanMethods.isInterceptable(method, beanClass)) {
            findings.mistake(LimitTexts.notInterceptable(method, beanClass, BeanMethods.obstacle(method)));
        }
        Set<String> names = new HashSet<>();
        limits.stream()
                .map(LimitRules::name)
                .filter(name -> !names.add(name))
                .forEach(name -> findings.mistake(LimitTexts.oneNameTwice(method, name)));
    }

    private @Nullable MethodLimit read(Placed placed) {
        Limit limit = limit(placed);
        checkKey(placed);
        if (Stream.of(placed.annotation().exemptRoles()).anyMatch(String::isBlank)) {
            findings.mistake(LimitTexts.blankRole(placed.place()));
        }
        ArgumentPath argument = argument(placed);
        Method fallback = fallback(placed);
        return limit == null ? null : new MethodLimit(placed.annotation(), placed.place(), limit, argument, fallback);
    }

    private static String name(Placed placed) {
        String given = placed.annotation().name();
        return given.isEmpty() ? placed.place().toString() : given;
    }

    private @Nullable Limit limit(Placed placed) {
        RateLimited annotation = placed.annotation();
        LimitOutage[] policies = annotation.outage();
        if (policies.length > 1) {
            findings.mistake(LimitTexts.severalPolicies(placed.place(), policies.length));
        }
        try {
            Duration window = DurationText.parse(annotation.window());
            LimitOutage policy = policies.length == 0 ? null : policies[0];
            Limit limit = new Limit(name(placed), permits(annotation), window, policy, annotation.mode());
            if (annotation.mode() == LimitMode.LEASED && window.compareTo(Limit.SHORTEST_LEASED) < 0) {
                findings.mistake(LimitTexts.leasedTooShort(placed.place(), annotation.window()));
            }
            return limit;
        } catch (IllegalArgumentException e) {
            findings.mistake(LimitTexts.badLimit(placed.place(), String.valueOf(e.getMessage())));
            return null;
        }
    }

    private static long permits(RateLimited annotation) {
        if (annotation.limit() != RateLimited.USUAL_LIMIT) {
            return annotation.limit();
        }
        return annotation.key() == LimitKey.ALL ? USUAL_OF_ALL : USUAL;
    }

    private void checkKey(Placed placed) {
        RateLimited annotation = placed.annotation();
        boolean isResolved = annotation.keyResolver() != LimitKeyResolver.class;
        if (isResolved
                && (annotation.key() != LimitKey.CALLER || !annotation.keyName().isEmpty())) {
            findings.mistake(LimitTexts.twoKeys(placed.place()));
        } else if (!isResolved
                && NAMED.contains(annotation.key()) == annotation.keyName().isBlank()) {
            findings.mistake(
                    annotation.keyName().isBlank()
                            ? LimitTexts.keyWithoutName(placed.place(), annotation.key())
                            : LimitTexts.nameWithoutKey(placed.place(), annotation));
        }
    }

    private @Nullable ArgumentPath argument(Placed placed) {
        String name = placed.annotation().keyName();
        if (placed.annotation().key() != LimitKey.ARGUMENT || name.isBlank()) {
            return null;
        }
        try {
            return ArgumentPath.of(name, method, beanClass);
        } catch (IllegalArgumentException e) {
            findings.mistake(LimitTexts.badArgument(method, placed.place(), name, String.valueOf(e.getMessage())));
            return null;
        }
    }

    private @Nullable Method fallback(Placed placed) {
        String name = placed.annotation().fallbackMethod();
        if (name.isEmpty()) {
            return null;
        }
        Method fallback = new Fallbacks(beanClass, method).find(name);
        if (fallback == null) {
            findings.mistake(LimitTexts.noFallback(method, beanClass, placed.place(), name));
        }
        return fallback;
    }
}
