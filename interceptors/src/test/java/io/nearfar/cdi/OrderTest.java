package io.nearfar.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.cdi.cache.GeneratedKey;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.ArrayList;
import java.util.List;
import javax.cache.CacheManager;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheResult;
import org.junit.jupiter.api.Test;

/** Where the interceptor stands: outside of what has the priority of transactions. */
class OrderTest {
    /** Stands for {@code @Transactional}. */
    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Transaction {}

    @Interceptor
    @Transaction
    @Priority(Interceptor.Priority.PLATFORM_BEFORE + 200)
    public static class TransactionInterceptor {
        static final List<String> LOG = new ArrayList<>();

        @Inject
        CacheManager manager;

        @AroundInvoke
        Object around(InvocationContext context) throws Exception {
            LOG.add("begin");
            Object result = context.proceed();
            LOG.add("commit, entry there: " + manager.getCache("rows").containsKey(GeneratedKey.of(1)));
            return result;
        }
    }

    @Singleton
    public static class Rows {
        @Transaction
        @CacheResult(cacheName = "rows")
        public String read(int id) {
            return "row " + id;
        }

        @Transaction
        @CacheRemove(cacheName = "rows")
        public void write(int id) {}
    }

    @Test
    void hit_beginsNoTransaction_removalFollowsTheCommit() {
        TransactionInterceptor.LOG.clear();
        try (Application application = Application.of(Rows.class, TransactionInterceptor.class)) {
            Rows rows = application.bean(Rows.class);
            rows.read(1);
            rows.read(1);
            rows.write(1);

            assertThat(TransactionInterceptor.LOG)
                    .containsExactly("begin", "commit, entry there: false", "begin", "commit, entry there: true");
            assertThat(application.cache("rows")).isEmpty();
        }
    }
}
