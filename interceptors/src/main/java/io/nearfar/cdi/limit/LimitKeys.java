package io.nearfar.cdi.limit;

import io.nearfar.cdi.annotation.LimitKeyResolver;
import io.nearfar.cdi.annotation.LimitedCall;
import io.nearfar.cdi.annotation.RateLimited;
import io.nearfar.cdi.cache.Once;
import io.nearfar.cdi.method.ArgumentPath;
import io.nearfar.cdi.request.RequestFacts;
import org.jspecify.annotations.Nullable;

/** Tells by which key a call is counted. One for each limit of a method. */
@FunctionalInterface
interface LimitKeys {
    /** The key of those who share one count; see {@link io.nearfar.Limit#forAll}. */
    String ALL = "";

    /** Returns the key; empty for all together. */
    String of(LimitedCall call);

    /** Returns the keys of a limit, told by a resolver if it has one. */
    static LimitKeys of(MethodLimit limit, @Nullable Once<LimitKeyResolver> resolver) {
        RateLimited annotation = limit.annotation();
        String name = annotation.keyName();
        if (resolver != null) {
            return call -> orAll(resolver.get().key(call));
        }
        return switch (annotation.key()) {
            case CALLER -> call -> caller(call.request());
            case ALL -> call -> ALL;
            case PRINCIPAL -> call -> principal(call.request().principal());
            case ADDRESS -> call -> address(call.request());
            case HEADER -> call -> orAll(call.request().header(name));
            case PARAMETER -> call -> orAll(call.request().parameter(name));
            case ARGUMENT -> ofArgument(limit.argument());
        };
    }

    private static LimitKeys ofArgument(@Nullable ArgumentPath argument) {
        return call -> argument == null ? ALL : orAll(argument.in(call.arguments()));
    }

    private static String caller(RequestFacts request) {
        String principal = request.principal();
        return principal == null ? address(request) : principal(principal);
    }

    /** A person may be called like an address, and must not take its permits. */
    private static String principal(@Nullable String principal) {
        return principal == null ? ALL : "user=" + principal;
    }

    private static String address(RequestFacts request) {
        String address = request.address();
        return address == null ? ALL : "address=" + address;
    }

    private static String orAll(@Nullable String key) {
        return key == null ? ALL : key;
    }
}
