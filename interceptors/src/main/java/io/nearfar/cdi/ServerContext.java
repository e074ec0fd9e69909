package io.nearfar.cdi;

import jakarta.enterprise.concurrent.ContextService;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/** What a server gives to threads of an application, its names and its class loader, for threads that are not the server's. */
final class ServerContext {
    private static final String SERVICE = "jakarta.enterprise.concurrent.ContextService";

    private final @Nullable Executor within;

    /** Creates one; {@code within} runs a task in the context, in the thread that calls it, and null means no context. */
    ServerContext(@Nullable Executor within) {
        this.within = within;
    }

    /** Returns that of the calling thread; one that changes nothing where no server has the interfaces of Jakarta Concurrency. */
    static ServerContext current() {
        try {
            Class.forName(SERVICE, false, ServerContext.class.getClassLoader());
            return new ServerContext(Capture.executor());
        } catch (ClassNotFoundException | LinkageError none) {
            return new ServerContext(null);
        }
    }

    /** Calls something in this context, in the calling thread; throws what that throws. */
    <T> T call(Callable<T> task) throws Exception {
        if (within == null) {
            return task.call();
        }
        FutureTask<T> called = new FutureTask<>(task);
        within.execute(called);
        try {
            return called.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof Exception exception ? exception : e;
        }
    }

    /** Loaded only where the interfaces are there. */
    private static final class Capture {
        private static final String NAME = "java:comp/DefaultContextService";

        private Capture() {}

        @SuppressWarnings("BanJNDI") // the name is the standard's own
        static @Nullable Executor executor() {
            try {
                return new InitialContext().lookup(NAME) instanceof ContextService service
                        ? service.currentContextExecutor()
                        : null;
            } catch (NamingException | RuntimeException none) {
                return null; // what is called then has what its thread has
            }
        }
    }
}
