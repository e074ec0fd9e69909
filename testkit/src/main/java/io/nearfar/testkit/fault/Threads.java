package io.nearfar.testkit.fault;

/** The threads of the simulator; none keeps a process alive. */
final class Threads {
    private Threads() {}

    static void start(Runnable work) {
        Thread thread = new Thread(work, "nearfar-faults");
        thread.setDaemon(true);
        thread.start();
    }
}
