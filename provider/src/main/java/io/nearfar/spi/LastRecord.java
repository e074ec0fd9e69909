package io.nearfar.spi;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.runtime.ObjectMethods;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the JDK remembers of the last record whose equals, hashCode or toString it made. In Java 17 static method handles of
 * {@link ObjectMethods} keep the types that they were last adapted to, of a record and of its component, and by them a class
 * loader. Here they are adapted to a class of the JDK's own.
 */
final class LastRecord {
    private static final Logger LOG = LoggerFactory.getLogger(LastRecord.class);

    private LastRecord() {}

    static void forget() {
        try {
            make("equals", MethodType.methodType(boolean.class, String.class, Object.class));
            make("hashCode", MethodType.methodType(int.class, String.class));
            make("toString", MethodType.methodType(String.class, String.class));
        } catch (Throwable e) { // as the JDK's method declares; nothing depends on it
            LOG.debug("The JDK keeps the types of the last record", e);
        }
    }

    /** Has a method made for strings, as if they were records whose one component is the stripped string. */
    private static void make(String method, MethodType type) throws Throwable {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        MethodHandle component = lookup.findVirtual(String.class, "strip", MethodType.methodType(String.class));
        ObjectMethods.bootstrap(lookup, method, type, String.class, "stripped", component);
    }
}
