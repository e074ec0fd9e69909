package io.nearfar.fault.node;

import io.nearfar.Decision;
import io.nearfar.Limit;
import io.nearfar.Quota;
import io.nearfar.RateLimiter;
import io.nearfar.fault.history.Span;
import io.nearfar.spi.NearfarCachingProvider;
import io.nearfar.testing.RespClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * One node that makes requests under limits: a JVM of its own, with the limiter as an application has it. Takes orders as
 * {@link NodeMain} does.
 */
public final class LimitedMain {
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "requests");
        thread.setDaemon(true);
        return thread;
    });
    private RateLimiter limiter;
    private int port;

    private LimitedMain() {}

    /** Runs until its input ends. */
    public static void main(String[] arguments) throws IOException {
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        LimitedMain main = new LimitedMain();
        answers.println(NodeMain.MARK + "ready");
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            answers.println(NodeMain.MARK + main.answer(line.split("\t", -1)));
        }
        System.exit(0);
    }

    private String answer(String[] words) {
        try {
            return switch (words[0]) {
                case "clock" -> String.valueOf(System.nanoTime());
                case "wall" -> String.valueOf(System.currentTimeMillis());
                case "open" -> open(words);
                case "fire" -> fire(Fire.of(words)).text();
                default -> throw new IllegalArgumentException("unknown word " + words[0]);
            };
        } catch (Exception e) {
            e.printStackTrace();
            return NodeMain.ERROR + e;
        }
    }

    /** Opens the limiter; the first word is the port of the server that the others are asked on. */
    private String open(String[] words) throws IOException {
        port = Integer.parseInt(words[1]);
        Properties settings = new Properties();
        settings.load(new StringReader(String.join("\n", Arrays.asList(words).subList(2, words.length))));
        limiter = new NearfarCachingProvider()
                .getCacheManager(URI.create("test:limited"), null, settings)
                .unwrap(RateLimiter.class);
        return "open";
    }

    private Shots fire(Fire fire) throws Exception {
        List<Callable<Shots>> work = new ArrayList<>();
        for (int thread = 0; thread < fire.threads(); thread++) {
            work.add(() -> fire.counter() == null ? fireAtNearfar(fire) : fireAtAnother(fire));
        }
        List<Shots> shots = new ArrayList<>();
        for (Future<Shots> done : threads.invokeAll(work)) {
            shots.add(done.get());
        }
        return Shots.together(shots);
    }

    private Shots fireAtNearfar(Fire fire) throws Exception {
        Duration window = Duration.of(fire.windowMicros(), ChronoUnit.MICROS);
        List<Quota> quotas = fire.asks().stream()
                .map(ask -> limit(ask, window, fire.leased()).of(ask.key()))
                .toList();
        return repeat(fire, () -> outcome(limiter.decide(quotas, fire.cost())));
    }

    private static Limit limit(Ask ask, Duration window, boolean leased) {
        Limit limit = new Limit("limited", ask.permits(), window);
        return leased ? limit.leased() : limit;
    }

    private static Outcome outcome(Decision decision) {
        if (decision.basis() == Decision.Basis.OUTAGE) {
            return Outcome.UNCOUNTED;
        } else if (!decision.admitted()) {
            return Outcome.DENIED;
        }
        return decision.basis() == Decision.Basis.LEASED ? Outcome.ADMITTED_BY_CREDIT : Outcome.ADMITTED;
    }

    private Shots fireAtAnother(Fire fire) throws Exception {
        try (RespClient server = new RespClient(port)) {
            return repeat(
                    fire,
                    () -> fire.counter().admits(server, fire.asks().get(0), fire.windowMicros(), fire.cost())
                            ? Outcome.ADMITTED
                            : Outcome.DENIED);
        }
    }

    private enum Outcome {
        ADMITTED,
        ADMITTED_BY_CREDIT,
        DENIED,
        UNCOUNTED
    }

    private static Shots repeat(Fire fire, Callable<Outcome> request) throws Exception {
        long until = System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(fire.micros());
        List<Span> admitted = new ArrayList<>();
        long asked = 0;
        long uncounted = 0;
        long leased = 0;
        while (asked < fire.calls() || System.nanoTime() < until) {
            long sent = System.nanoTime();
            Outcome outcome = request.call();
            long received = System.nanoTime();
            asked++;
            uncounted += outcome == Outcome.UNCOUNTED ? 1 : 0;
            leased += outcome == Outcome.ADMITTED_BY_CREDIT ? 1 : 0;
            if (outcome == Outcome.ADMITTED || outcome == Outcome.ADMITTED_BY_CREDIT) {
                admitted.add(new Span(sent, received));
            }
            Pace.rest(TimeUnit.MICROSECONDS.toNanos(fire.pauseMicros()));
        }
        return new Shots(asked, uncounted, leased, admitted);
    }
}
