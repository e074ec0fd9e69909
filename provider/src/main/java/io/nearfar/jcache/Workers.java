package io.nearfar.jcache;

import java.util.concurrent.ThreadFactory;

/**
 * Makes the threads of one cache: daemons that inherit nothing from whoever happens to start them, and that run the
 * application's loaders and listeners under the manager's class loader.
 */
record Workers(String cache, ClassLoader loader) implements ThreadFactory {
    @Override
    public Thread newThread(Runnable work) {
        Thread thread = new Thread(null, work, "nearfar-cache-" + cache, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(loader);
        return thread;
    }
}
