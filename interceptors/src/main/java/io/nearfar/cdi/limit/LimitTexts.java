package io.nearfar.cdi.limit;

import io.nearfar.Limit;
import io.nearfar.LimitMode;
import io.nearfar.cdi.annotation.LimitKey;
import io.nearfar.cdi.annotation.RateLimited;
import io.nearfar.cdi.method.DefaultCacheName;
import java.lang.reflect.Method;

/** The words of every finding about limits: what is there, why it cannot be meant, what to write instead. Ids NF0880 to NF0899, and NF0530. */
final class LimitTexts {
    private LimitTexts() {}

    static String notInterceptable(Method method, Class<?> beanClass, String obstacle) {
        return "NF0880 @RateLimited for " + DefaultCacheName.of(method) + " of " + beanClass.getName()
                + " cannot work: the method " + obstacle + ", so no call of it can be intercepted. Make it a non-final"
                + " method of a non-final class that another bean calls.";
    }

    static String badLimit(LimitPlace place, String what) {
        return "NF0881 @RateLimited at " + place + " sets no limit. " + what + ".";
    }

    static String oneNameTwice(Method method, String name) {
        return "NF0882 Two @RateLimited that hold for " + DefaultCacheName.of(method) + " have the name \"" + name
                + "\", and so one count: each call would take two permits. Give each a name of its own.";
    }

    static String keyWithoutName(LimitPlace place, LimitKey key) {
        return "NF0883 @RateLimited at " + place + " counts by LimitKey." + key + " and does not say by which."
                + " Give a keyName.";
    }

    static String nameWithoutKey(LimitPlace place, RateLimited annotation) {
        return "NF0883 @RateLimited at " + place + " has the keyName \"" + annotation.keyName()
                + "\", which means nothing to LimitKey." + annotation.key()
                + ". Say whether it is a HEADER, a PARAMETER or an ARGUMENT, or leave it out.";
    }

    static String badArgument(Method method, LimitPlace place, String name, String what) {
        return "NF0884 The keyName \"" + name + "\" of @RateLimited at " + place + " " + what + "."
                + (place.method() == null ? " It is about " + DefaultCacheName.of(method) + "." : "");
    }

    static String twoKeys(LimitPlace place) {
        return "NF0885 @RateLimited at " + place
                + " has a keyResolver, and a key or a keyName as well. Keep one of them.";
    }

    static String noBean(LimitPlace place, String member, Class<?> type) {
        return "NF0886 " + member + " of @RateLimited at " + place + ": there is not exactly one bean of "
                + type.getName() + ". Give it a scope, such as @ApplicationScoped.";
    }

    static String noFallback(Method method, Class<?> beanClass, LimitPlace place, String name) {
        return "NF0887 The fallbackMethod \"" + name + "\" of @RateLimited at " + place + " cannot answer for "
                + DefaultCacheName.of(method) + ": " + beanClass.getName()
                + " has no other method of that name with the same parameters and a result that fits. Write one, or"
                + " correct the name.";
    }

    static String severalPolicies(LimitPlace place, int count) {
        return "NF0888 @RateLimited at " + place + " has " + count
                + " policies for an outage. Keep one, or none for what" + " nearfar.limit.outage says.";
    }

    static String leasedTooShort(LimitPlace place, String window) {
        return "NF0530 @RateLimited at " + place + " has LimitMode.LEASED and a window of " + window
                + ": credits of it would be over before they arrive, and nodes hold none. Give it a window of a second or"
                + " longer, or leave the mode out.";
    }

    static String blankRole(LimitPlace place) {
        return "NF0889 A role in exemptRoles of @RateLimited at " + place + " is blank. Name a role, or take it away.";
    }

    static String differentLimits(MethodLimit first, MethodLimit second) {
        return "NF0890 The limit \"" + second.limit().name() + "\" is " + shown(first.limit()) + " at " + first.place()
                + " and " + shown(second.limit()) + " at " + second.place()
                + ", and both share one count. Say the same at both, or give one of them another name.";
    }

    static String inheritedFromInterface(Class<?> type, String what, Class<?> beanClass) {
        return "NF0891 " + beanClass.getName() + " does not inherit @RateLimited at " + what + " of " + type.getName()
                + ": annotations of interfaces have no effect. Put it at the class.";
    }

    static String unknownRequest(MethodLimit limit) {
        return "NF0892 @RateLimited at " + limit.place()
                + " counts by what is known of a request, or exempts roles, and"
                + " there is no bean of io.nearfar.cdi.request.RequestFacts that knows requests: all callers share one"
                + " count and nobody is exempt. Write such a bean, or choose another key.";
    }

    private static String shown(Limit limit) {
        return limit.permits() + " in " + limit.window() + (limit.mode() == LimitMode.LEASED ? ", leased" : "");
    }
}
