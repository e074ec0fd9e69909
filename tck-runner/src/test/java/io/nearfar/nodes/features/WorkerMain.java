package io.nearfar.nodes.features;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * One JVM of an application: it runs the errands that come as lines on its standard input, each in a thread of its own, and answers
 * on its standard output. Its argument names the file with its settings.
 */
final class WorkerMain {
    static final String ANSWER = "answer ";
    static final String READY = "ready";

    private WorkerMain() {}

    public static void main(String[] arguments) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "errand");
            thread.setDaemon(true);
            return thread;
        });
        try (Workplace place = new Workplace(URI.create(arguments[0]));
                BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            answer(READY, new Outcome(null, null));
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                String[] words = order.split(" ");
                threads.execute(() -> answer(words[0], Outcome.of((Errand<?>) Outcome.read(words[1]), place)));
            }
        }
    }

    private static void answer(String number, Outcome outcome) {
        System.out.println(ANSWER + number + " " + Outcome.text(outcome));
    }
}
