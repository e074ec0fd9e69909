package io.nearfar.testkit;

import io.nearfar.NearfarCache;
import io.nearfar.NearfarManager;
import io.nearfar.testkit.fault.Faults;
import io.nearfar.testkit.server.TestServer;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.cache.Cache;
import javax.cache.CacheManager;

/** What parameters of tests are given, by their types. */
final class Parameters {
    private static final String UNNAMED = "cache";
    private static final Map<Class<?>, Function<NearfarFixture, Object>> PARTS = Map.of(
            NearfarFixture.class, fixture -> fixture,
            NearfarManager.class, NearfarFixture::manager,
            CacheManager.class, NearfarFixture::manager,
            Faults.class, NearfarFixture::faults,
            TestServer.class, NearfarFixture::server);

    private Parameters() {}

    static boolean isOurs(Parameter parameter) {
        return isCache(parameter) || PARTS.containsKey(parameter.getType());
    }

    private static boolean isCache(Parameter parameter) {
        return parameter.getType() == NearfarCache.class || parameter.getType() == Cache.class;
    }

    static Object value(Parameter parameter, NearfarFixture fixture) {
        Function<NearfarFixture, Object> part = PARTS.get(parameter.getType());
        return part == null ? cache(parameter, fixture.manager()) : part.apply(fixture);
    }

    private static Object cache(Parameter parameter, NearfarManager manager) {
        TestCache named = parameter.getAnnotation(TestCache.class);
        List<Type> types = parameter.getParameterizedType() instanceof ParameterizedType declared
                ? List.of(declared.getActualTypeArguments())
                : List.of(Object.class, Object.class);
        List<Type> trusted =
                types.stream().filter(ParameterizedType.class::isInstance).toList();
        return manager.cacheFromTemplate(
                named == null ? UNNAMED : named.value(), classOf(types.get(0)), classOf(types.get(1)), trusted);
    }

    /** Returns the class of a declared type; Object, which leaves it undeclared, where it is not known. */
    private static Class<?> classOf(Type type) {
        if (type instanceof ParameterizedType declared) {
            return classOf(declared.getRawType());
        }
        return type instanceof Class<?> known ? known : Object.class;
    }
}
