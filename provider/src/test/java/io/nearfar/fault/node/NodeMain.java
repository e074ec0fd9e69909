package io.nearfar.fault.node;

import io.nearfar.fault.history.Caller;
import io.nearfar.fault.history.HistoryFile;
import io.nearfar.fault.history.Operation;
import io.nearfar.fault.history.Role;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/**
 * One node: a JVM of its own. Does what each line of its input says, and answers each with a line that begins with
 * {@link #MARK}; an error is told in such a line too. Lines are a word and its arguments, parted by tabs.
 */
public final class NodeMain {
    static final String MARK = "> ";
    static final String ERROR = "error ";

    private static final Pattern OF_CACHES = Pattern.compile("nearfar|redisson|globalEventExecutor");

    private final int node;
    private final StallMeter stalls;
    private final List<Operation> done = new ArrayList<>();
    private final List<FickleLoads> loads = new ArrayList<>();
    private Ear ear;
    private Caches caches;
    private Workload workload;

    private NodeMain(int node) {
        this.node = node;
        this.stalls = new StallMeter(new Caller(node, 0));
    }

    /** Runs until its input ends. */
    public static void main(String[] arguments) throws IOException {
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        NodeMain main = new NodeMain(Integer.parseInt(arguments[0]));
        answers.println(MARK + "ready");
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            answers.println(MARK + main.answer(line.split("\t", -1)));
        }
        System.exit(0);
    }

    private String answer(String[] words) {
        try {
            return answer(words[0], words);
        } catch (Exception e) {
            e.printStackTrace();
            return ERROR + e;
        }
    }

    private String answer(String word, String[] words) throws Exception {
        return switch (word) {
            case "clock" -> String.valueOf(System.nanoTime());
            case "open" -> open(words);
            case "prepare" -> prepare();
            case "start" -> start(words);
            case "stop" -> stop();
            case "last" -> last();
            case "race" -> race(words);
            case "pending" -> pending();
            case "threads" -> threads(Long.parseLong(words[1]));
            case "history" -> history(words[1]);
            case "close" -> close();
            default -> throw new IllegalArgumentException("unknown word " + word);
        };
    }

    private String open(String[] words) throws IOException {
        Properties settings = new Properties();
        settings.load(new StringReader(String.join("\n", Arrays.asList(words).subList(1, words.length))));
        ear = new Ear(node);
        caches = Caches.open(settings, ear);
        Caller warmer = new Caller(node, Caller.WARMER);
        FickleLoads warming = new FickleLoads(warmer, caches, Client.numbers(warmer));
        loads.add(warming);
        caches.warm(warming);
        return "open";
    }

    private String start(String[] words) {
        workload = new Workload(node, Long.parseLong(words[1]));
        for (String part : words[2].split(",")) {
            workload.start(Part.valueOf(part), caches, ear);
        }
        loads.addAll(workload.loads());
        return "started";
    }

    private String stop() throws InterruptedException {
        done.addAll(workload.stop());
        return "stopped";
    }

    /** Writes every key of which a node may have a near copy that nobody changes for long. */
    private String prepare() {
        Client client = client(0);
        client.putAll(Role.SELDOM, Set.copyOf(Keys.of(Role.SELDOM)));
        done.addAll(client.operations());
        return "prepared";
    }

    private String last() {
        Client client = client(0);
        client.getLast();
        done.addAll(client.operations());
        return "read";
    }

    private Client client(int number) {
        return Client.of(new Caller(node, Caller.ASIDE + number), caches, ear);
    }

    private String race(String[] words) throws InterruptedException {
        Race race = new Race(Integer.parseInt(words[2]), Integer.parseInt(words[3]));
        List<Client> clients = new ArrayList<>();
        IntFunction<Client> client = lane -> {
            clients.add(client(1 + lane));
            return clients.get(clients.size() - 1);
        };
        switch (words[1]) {
            case "prepare" -> race.prepare(client.apply(0));
            case "look" -> race.look(client.apply(0));
            case "write", "read" -> {
                for (Thread lane : race.start(words[1].equals("write"), client, Long.parseLong(words[4]))) {
                    lane.join();
                }
            }
            default -> throw new IllegalArgumentException("unknown word " + words[1]);
        }
        clients.forEach(each -> done.addAll(each.operations()));
        return words[1];
    }

    private String pending() throws ReflectiveOperationException {
        List<Object> roots = new ArrayList<>();
        for (Role role : Role.values()) {
            roots.add(caches.get(role));
        }
        return new TreeMap<>(Leftovers.below(roots)).toString();
    }

    /** Returns the names of the threads that caches have started, when there are none, or after so many milliseconds. */
    private static String threads(long millis) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        List<String> threads = threads();
        while (!threads.isEmpty() && System.nanoTime() < until) {
            Pace.rest(TimeUnit.MILLISECONDS.toNanos(20));
            threads = threads();
        }
        return threads.toString();
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> OF_CACHES.matcher(name).lookingAt())
                .sorted()
                .toList();
    }

    /** Hands over what was done since the last time. */
    private String history(String file) {
        takeLoads();
        done.addAll(ear.take());
        done.addAll(stalls.take());
        HistoryFile.write(Path.of(file), done);
        String told = done.size() + " operations";
        done.clear();
        return told;
    }

    private void takeLoads() {
        loads.forEach(each -> done.addAll(each.take()));
    }

    private String close() {
        takeLoads();
        loads.clear();
        caches.close();
        caches = null;
        return "closed";
    }
}
