package io.nearfar.cdi.method;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Set;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CacheResolverFactory;

/**
 * An annotated method of a bean, with all that its annotations and its signature decide.
 *
 * @param beanClass the class of the bean, which may inherit the method
 * @param method the method as declared
 * @param annotations all annotations of the method, immutable
 * @param members the members of the one annotation that holds, defaults of the class filled in
 * @param cacheName the name of the cache, given or by default
 * @param parameters its parameters by what they are for
 * @param result what it answers with
 * @param tags what its entries are tagged with, or what it invalidates
 * @param times how long its entries live
 */
public record CacheMethod(
        Class<?> beanClass,
        Method method,
        Set<Annotation> annotations,
        CacheMembers members,
        String cacheName,
        MethodParameters parameters,
        MethodResult result,
        List<TagText> tags,
        EntryTimes times) {

    /** Returns which annotation holds. */
    public CacheOperation operation() {
        return members.operation();
    }

    /** Tells whether the application names a resolver factory of its own. */
    public boolean hasOwnResolver() {
        return members.resolverFactory() != CacheResolverFactory.class;
    }

    /** Tells whether the application names a key generator of its own. */
    public boolean hasOwnKeys() {
        return members.keyGenerator() != CacheKeyGenerator.class;
    }

    /** Tells whether exceptions of the method are stored. */
    public boolean storesExceptions() {
        return !members.exceptionCacheName().isEmpty();
    }

    /** Returns the type of the values that the method puts into its cache; {@code Object} if it puts none. */
    Type valueType() {
        if (operation() == CacheOperation.RESULT) {
            return result.type();
        }
        return parameters.value() == null ? Object.class : parameters.value().type();
    }

    /** Tells whether the method's calls put values into its cache. */
    boolean fills() {
        return operation() == CacheOperation.RESULT || operation() == CacheOperation.PUT;
    }

    /** Returns the method as it is named in messages: {@code package.Class.method(package.Parameter)}. */
    @Override
    public String toString() {
        String inherited = method.getDeclaringClass() == beanClass ? "" : " of " + beanClass.getName();
        return DefaultCacheName.of(method) + inherited;
    }
}
