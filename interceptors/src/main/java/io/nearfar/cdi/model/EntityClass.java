package io.nearfar.cdi.model;

import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.Id;
import java.beans.Introspector;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is known of an entity by its class.
 *
 * @param type the class, perhaps that of a proxy
 */
record EntityClass(Class<?> type) {
    private static final String MAPPING = "META-INF/orm.xml";

    /** Returns the class and those above it, from below. */
    Stream<Class<?>> hierarchy() {
        return Stream.<Class<?>>iterate(type, each -> each != null && each != Object.class, Class::getSuperclass);
    }

    /** Tells whether it is declared as an entity, and not just as what entities have in common. */
    boolean isEntity() {
        return type.isAnnotationPresent(Entity.class);
    }

    /** Returns the attributes that annotations mark as identity. */
    Set<String> identity() {
        Set<String> names = new HashSet<>();
        hierarchy()
                .flatMap(each ->
                        Stream.concat(Stream.of(each.getDeclaredFields()), Stream.of(each.getDeclaredMethods())))
                .filter(EntityClass::isIdentity)
                .forEach(member -> names.add(attribute(member)));
        return names;
    }

    private static <M extends Member & AnnotatedElement> boolean isIdentity(M member) {
        return member.isAnnotationPresent(Id.class) || member.isAnnotationPresent(EmbeddedId.class);
    }

    private static String attribute(Member member) {
        String name = member.getName();
        boolean isGetter = member instanceof Method && name.startsWith("get") && name.length() > 3;
        return isGetter ? Introspector.decapitalize(name.substring(3)) : name;
    }

    /** Tells whether our listener stands at the class, or in a usual mapping file. */
    boolean isHeard(ClassLoader application) {
        return hierarchy()
                        .flatMap(each -> Stream.of(each.getDeclaredAnnotationsByType(EntityListeners.class)))
                        .flatMap(listeners -> Stream.of(listeners.value()))
                        .anyMatch(NearfarEntityListener.class::isAssignableFrom)
                || isMapped(application);
    }

    private static boolean isMapped(ClassLoader application) {
        try {
            for (URL mapping : Collections.list(application.getResources(MAPPING))) {
                try (InputStream text = mapping.openStream()) {
                    if (new String(text.readAllBytes(), StandardCharsets.UTF_8)
                            .contains(NearfarEntityListener.class.getName())) {
                        return true;
                    }
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(MAPPING + " cannot be read", e);
        }
    }
}
