package fish.payara.cdi.jsr107;

import jakarta.enterprise.inject.Produces;
import java.lang.reflect.Proxy;
import javax.cache.CacheManager;

/** Stands where Payara keeps its producer of cache managers. */
public class PayaraDouble {
    /** Returns a manager of somebody else. */
    @Produces
    public CacheManager manager() {
        return (CacheManager) Proxy.newProxyInstance(
                PayaraDouble.class.getClassLoader(),
                new Class<?>[] {CacheManager.class},
                (proxy, method, arguments) -> {
                    throw new IllegalStateException("a call of Payara's manager");
                });
    }
}
