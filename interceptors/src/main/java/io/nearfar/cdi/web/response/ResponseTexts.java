package io.nearfar.cdi.web.response;

import io.nearfar.cdi.method.DefaultCacheName;
import java.lang.reflect.Method;

/** The words of every finding about cached responses. Ids NF0851 to NF0857 and NF0876 and NF0877. */
final class ResponseTexts {
    private ResponseTexts() {}

    static String noGet(Method method) {
        return "NF0851 @CachedResponse at " + DefaultCacheName.of(method)
                + " has no effect: the method does not answer GET. Put it at a method of a resource with @GET, or take"
                + " it away.";
    }

    static String badLength(Method method, String member, String what) {
        return "NF0852 " + member + " of @CachedResponse at " + DefaultCacheName.of(method) + ": " + what + ".";
    }

    static String unreadable(Method method, String tag, int position) {
        return "NF0853 The tag \"" + tag + "\" of @CachedResponse at " + DefaultCacheName.of(method)
                + " names the parameter " + (position + 1)
                + ", which the request does not tell before the method is called. Name one with @PathParam,"
                + " @QueryParam, @HeaderParam or @CookieParam that is a text, a number, a truth value, an enum or a"
                + " UUID, or {result}.";
    }

    static String badHeader(Method method, String name) {
        return "NF0854 \"" + name + "\" in vary of @CachedResponse at " + DefaultCacheName.of(method)
                + " is no name of a header. Write one such as Accept-Language.";
    }

    static String badParameters(Method method, String what) {
        return "NF0855 parameters of @CachedResponse at " + DefaultCacheName.of(method) + " " + what + ".";
    }

    static String blankName(Method method) {
        return "NF0855 The cacheName of @CachedResponse at " + DefaultCacheName.of(method)
                + " is blank. Give a name, or leave it out for the default name.";
    }

    static String nothingToKeep(Method method, String what) {
        return "NF0856 @CachedResponse at " + DefaultCacheName.of(method) + " has nothing to keep: the method " + what
                + ". Return what is to be sent, or take the annotation away.";
    }

    static String privateAndShared(Method method) {
        return "NF0857 @CachedResponse at " + DefaultCacheName.of(method)
                + " is privateToPrincipal and evenWithAuthorization: each person has responses of their own, or all"
                + " share them. Keep one of the two.";
    }

    static String noFallback(Method method, String name) {
        return "NF0876 fallback of @CachedResponse at " + DefaultCacheName.of(method) + " names " + name
                + ", and the class has no such public method with the same parameters, or with none, that returns what"
                + " is to be sent. Write one; it returns neither a Response nor a stage.";
    }

    static String unreadableFallback(Method method, int position) {
        return "NF0876 fallback of @CachedResponse at " + DefaultCacheName.of(method) + " takes the parameter "
                + (position + 1)
                + ", which the request does not tell. Give it no parameters, or only such with @PathParam, @QueryParam,"
                + " @HeaderParam or @CookieParam that are a text, a number, a truth value, an enum or a UUID.";
    }

    static String fallbackWithoutType(Method method) {
        return "NF0877 @CachedResponse at " + DefaultCacheName.of(method)
                + " has a fallback, and the method does not say the one media type that it produces. Say it by"
                + " @Produces.";
    }
}
