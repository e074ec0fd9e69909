package io.nearfar.fault.node;

import io.nearfar.fault.history.Caller;
import io.nearfar.fault.history.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The threads of a node that call its caches until they are stopped, by chance from a seed. */
final class Workload {
    private final int node;
    private final Random seeds;
    private final List<Thread> threads = new ArrayList<>();
    private final List<Client> clients = new ArrayList<>();
    private volatile boolean stopped;

    Workload(int node, long seed) {
        this.node = node;
        this.seeds = new Random(seed * 31 + node);
    }

    /** Begins one more thread. */
    void start(Part part, Caches caches, Ear ear) {
        Client client = Client.of(new Caller(node, clients.size() + 1), caches, ear);
        Random random = new Random(seeds.nextLong());
        clients.add(client);
        Thread thread = new Thread(() -> run(part, client, random), "workload-" + part);
        threads.add(thread);
        thread.start();
    }

    /** Returns the loads of all threads that were started, which may end when these have. */
    List<FickleLoads> loads() {
        return clients.stream().map(Client::loads).toList();
    }

    private void run(Part part, Client client, Random random) {
        while (!stopped) {
            part.step(client, random, node);
            Pace.rest((long) (random.nextDouble() * part.pause()));
        }
    }

    /** Ends the threads and returns what they did, but for their {@link #loads}. */
    List<Operation> stop() throws InterruptedException {
        stopped = true;
        List<Operation> done = new ArrayList<>();
        for (Thread thread : threads) {
            thread.join();
        }
        clients.forEach(client -> done.addAll(client.operations()));
        return done;
    }
}
