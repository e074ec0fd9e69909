package io.nearfar.cdi.method;

import io.nearfar.cdi.annotation.Invalidate;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Collectors;

/** The words of every finding: what is there, why it cannot be meant, what to write instead. Ids NF0810 to NF0844. */
final class Texts {
    private Texts() {}

    static String severalAtMethod(Method method, List<CacheOperation> operations) {
        return "NF0810 " + DefaultCacheName.of(method) + " has " + list(operations)
                + "; a method has at most one of them. Keep one and move the others to a method of another bean that it"
                + " calls.";
    }

    static String severalAtClass(Class<?> type, List<CacheOperation> operations) {
        return "NF0811 The class " + type.getName() + " has " + list(operations)
                + "; it can have at most one of them. Put them at the methods that they are for.";
    }

    static String putWithoutValue(Method method) {
        return "NF0812 @CachePut at " + DefaultCacheName.of(method)
                + " does not say what to store. Mark one parameter with @CacheValue.";
    }

    static String severalValues(Method method) {
        return "NF0813 " + DefaultCacheName.of(method)
                + " has several parameters with @CacheValue. Mark only the one to store.";
    }

    static String valueWithoutPut(Method method, CacheOperation operation) {
        return "NF0814 @CacheValue in " + DefaultCacheName.of(method) + " has no meaning with " + operation
                + ". Take it away, or use @CachePut.";
    }

    static String keyAndValue(Method method) {
        return "NF0815 A parameter of " + DefaultCacheName.of(method)
                + " has @CacheKey and @CacheValue; the stored value is never part of its key. Take one of them away.";
    }

    static String marksWithoutOperation(Method method) {
        return "NF0816 " + DefaultCacheName.of(method)
                + " has @CacheKey or @CacheValue and no annotation that would use them. Add @CacheResult, @CachePut or"
                + " @CacheRemove, or take them away.";
    }

    static String keyOfRemoveAll(Method method) {
        return "NF0817 @CacheKey in " + DefaultCacheName.of(method)
                + " has no effect: @CacheRemoveAll removes every entry. Use @CacheRemove for one entry.";
    }

    static String notInterceptable(CacheMethod method, String obstacle) {
        return "NF0818 " + method.operation() + " at " + method + " cannot work: the method " + obstacle
                + ", so no call of it can be intercepted. Make it a non-final method of a non-final class that another"
                + " bean calls.";
    }

    static String blankName(CacheMethod method) {
        return "NF0819 The cacheName of " + method + " is blank. Give a name, or leave it out for the default name.";
    }

    static String exceptionsAmongValues(CacheMethod method) {
        return "NF0820 exceptionCacheName of " + method + " is the name of its cache, \"" + method.cacheName()
                + "\": callers would get exceptions as values. Give the exceptions a cache of their own.";
    }

    static String contradiction(CacheMethod method, Class<?> type) {
        return "NF0821 " + type.getName() + " is in both exception lists of " + method.operation() + " at " + method
                + ". Take it out of one.";
    }

    static String filterWithoutCache(CacheMethod method) {
        return "NF0822 cachedExceptions and nonCachedExceptions of " + method
                + " have no effect without exceptionCacheName. Name a cache for the exceptions, or take them away.";
    }

    static String filterBeforeInvocation(CacheMethod method) {
        return "NF0823 The exception lists of " + method.operation() + " at " + method
                + " have no effect with afterInvocation = false. Take one of them away.";
    }

    static String strangeStage(CacheMethod method, Class<?> declared) {
        return "NF0824 " + method + " returns " + declared.getName()
                + ", a CompletionStage that cannot be made from a cached value. Declare CompletionStage or"
                + " CompletableFuture.";
    }

    static String voidResult(CacheMethod method) {
        return "NF0825 @CacheResult at " + method
                + " has nothing to cache: the method returns nothing. Return the value, or use @CachePut with"
                + " @CacheValue.";
    }

    static String future(CacheMethod method) {
        return "NF0826 @CacheResult at " + method
                + " would cache a Future, not its value. Declare CompletionStage or CompletableFuture.";
    }

    static String readOnce(CacheMethod method, Class<?> type) {
        return "NF0827 @CacheResult at " + method + " would cache a " + type.getName()
                + ", which can be used only once. Return its content, such as a List or a byte[].";
    }

    static String keyWithoutEquals(CacheMethod method, MethodParameter parameter) {
        return "NF0828 Parameter " + (parameter.position() + 1) + " of " + method + " is part of the key, and "
                + parameter.rawType().getName()
                + " has no equals of its own: every call would be a miss. Give it equals and hashCode, or mark the other"
                + " parameters with @CacheKey.";
    }

    static String notInstantiable(CacheMethod method, String member, Class<?> type) {
        return "NF0829 " + member + " of " + method + ": " + type.getName()
                + " is no bean and has no constructor without parameters. Make it a bean, or give it one.";
    }

    static String inheritedFromInterface(Method method, Class<?> beanClass) {
        return "NF0830 " + beanClass.getName() + " does not inherit the cache annotation at "
                + DefaultCacheName.of(method)
                + ": annotations of interfaces have no effect. Put it at the method of the"
                + " class.";
    }

    static String unrelatedValues(CacheMethod first, CacheMethod second, String firstType, String secondType) {
        return "NF0831 " + first + " and " + second + " use the cache \"" + second.cacheName()
                + "\" with keys of the same types, one for " + firstType + ", the other for " + secondType
                + ": each would find the other's values. Give one of them a cacheName of its own.";
    }

    static String sharedByBeans(CacheMethod first, CacheMethod second) {
        return "NF0832 " + first + " and " + second + " inherit one method and so share the cache \""
                + second.cacheName() + "\". If they answer differently, give each class a @CacheDefaults(cacheName).";
    }

    static String sharedExceptions(CacheMethod first, CacheMethod second) {
        return "NF0833 " + first + " and " + second + " store exceptions in \""
                + second.members().exceptionCacheName()
                + "\" under keys of the same types, and values in different caches: each would throw the other's"
                + " exceptions. Give one of them an exceptionCacheName of its own.";
    }

    static String neverFilled(CacheMethod method) {
        return "NF0834 " + method.operation() + " at " + method + " has no cacheName, so it uses the cache \""
                + method.cacheName()
                + "\", which no method of this application fills. Name the cache that it should remove from.";
    }

    static String invalidationWithoutCache(CacheMethod method) {
        return "NF0835 " + method.operation() + " at " + method
                + " names no cache, and its class has no @CacheDefaults that does. Give a cacheName.";
    }

    static String tagsOfNothing(Method method) {
        return "NF0836 @CacheTags at " + DefaultCacheName.of(method)
                + " has no effect: the method stores nothing. Add @CacheResult or @CachePut, or use @InvalidateTags.";
    }

    static String invalidationAtResult(Method method, CacheOperation operation) {
        return "NF0837 " + operation + " at " + DefaultCacheName.of(method)
                + " stands beside @CacheResult, where a hit would invalidate nothing. Move one of them to a method of"
                + " another bean.";
    }

    static String noTags(Method method, String annotation) {
        return "NF0838 " + annotation + " at " + DefaultCacheName.of(method)
                + " gives no tags. Give at least one, or take it away.";
    }

    static String noPatterns(Method method) {
        return "NF0838 @InvalidatePattern at " + DefaultCacheName.of(method)
                + " gives neither patterns nor prefixes. Give at least one, or take it away.";
    }

    static String badPattern(Method method, String what, String text, String why) {
        return "NF0839 The " + what + " \"" + text + "\" of @InvalidatePattern at " + DefaultCacheName.of(method) + " "
                + why + ".";
    }

    static String badTag(Method method, String annotation, String text, String what) {
        return "NF0839 The tag \"" + text + "\" of " + annotation + " at " + DefaultCacheName.of(method) + " " + what
                + ".";
    }

    static String resultBeforeInvocation(Method method, TagText tag) {
        return "NF0840 The tag \"" + tag.text() + "\" of @InvalidateTags at " + DefaultCacheName.of(method)
                + " needs the result before there is one. Leave afterInvocation = false out, or name parameters only.";
    }

    static String putBeforeInvalidation(CacheMethod method) {
        boolean byPattern = method.operation() == CacheOperation.INVALIDATE_PATTERN;
        return "NF0841 " + method + " puts before it is called and invalidates " + (byPattern ? "keys" : "tags")
                + " after it, which ends what it has put if "
                + (byPattern ? "its key is one of them" : "that has one of them")
                + ". Leave afterInvocation = false of @CachePut out, or give it to "
                + (byPattern ? "@InvalidatePattern" : "@InvalidateTags") + " too.";
    }

    static String badArgument(Method method, Invalidate annotation, String argument, String what) {
        return "NF0842 The argument \"" + argument + "\" of @Invalidate(\"" + annotation.value() + "\") at "
                + DefaultCacheName.of(method) + " " + what + ".";
    }

    static String unknownInvalidation(CacheMethod method, String name) {
        return "NF0843 @Invalidate(\"" + name + "\") at " + method + " names an invalidation that is not declared. Set"
                + " nearfar.invalidation." + name
                + ".caches and so on, make its InvalidationDeclaration a bean, or correct"
                + " the name.";
    }

    static String badArguments(CacheMethod method, String name, List<String> parameters, String what) {
        return "NF0844 @Invalidate(\"" + name + "\") at " + method + ", which is declared as " + name + "("
                + String.join(", ", parameters) + "), " + what + ".";
    }

    static String timesOfNothing(Method method) {
        return "NF0858 @CacheTtl at " + DefaultCacheName.of(method)
                + " has no effect: the method stores nothing. Add @CacheResult or @CachePut, or take it away.";
    }

    static String badTime(Method method, String what) {
        return "NF0858 @CacheTtl at " + DefaultCacheName.of(method) + ": " + what + ".";
    }

    private static String list(List<CacheOperation> operations) {
        return operations.stream().map(CacheOperation::toString).collect(Collectors.joining(" and "));
    }
}
