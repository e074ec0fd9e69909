package io.nearfar.cdi.limit;

import io.nearfar.cdi.method.DefaultCacheName;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where an annotation stands.
 *
 * @param type the class at which, or at a method of which, it stands
 * @param method the method, or null if it stands at the class
 */
record LimitPlace(Class<?> type, @Nullable Method method) {
    private static final String ANNOTATION = "RateLimited/";

    /**
     * Returns the keys of the settings that take the place of a member of a limit that stands here, the one that counts most
     * first: {@code class/method/RateLimited/name/member} to {@code RateLimited/member}.
     */
    List<String> keys(String limit, String member) {
        List<String> places = new ArrayList<>();
        if (method != null) {
            places.add(type.getName() + "/" + method.getName() + "/");
        }
        places.add(type.getName() + "/");
        places.add("");
        return places.stream()
                .flatMap(place -> Stream.of(place + ANNOTATION + limit + "/" + member, place + ANNOTATION + member))
                .toList();
    }

    /** Returns the place as it is named in messages, which is the name of a limit that has no other. */
    @Override
    public String toString() {
        return method == null ? type.getName() : DefaultCacheName.of(method);
    }
}
