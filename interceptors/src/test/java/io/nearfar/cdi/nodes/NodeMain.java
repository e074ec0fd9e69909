package io.nearfar.cdi.nodes;

import io.nearfar.cdi.NearfarExtension;
import io.nearfar.cdi.cache.GeneratedKey;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import javax.cache.CacheManager;

/** A node in a JVM of its own: does what each line of its input says, and answers with a line. */
public final class NodeMain {
    static final String MARK = "> ";

    private NodeMain() {}

    /** Runs until its input ends. */
    public static void main(String[] arguments) throws Exception {
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (SeContainer container = container()) {
            answers.println(MARK + "ready");
            serve(container, answers);
        }
    }

    /** Starts a node. */
    static SeContainer container() {
        return SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(new NearfarExtension())
                .addBeanClasses(Shop.class)
                .initialize();
    }

    private static void serve(SeContainer container, PrintStream answers) throws IOException, InterruptedException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Shop shop = container.select(Shop.class).get();
        CacheManager manager = container.select(CacheManager.class).get();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            answers.println(MARK + answer(line, shop, manager));
        }
    }

    private static String answer(String line, Shop shop, CacheManager manager) throws InterruptedException {
        switch (line) {
            case "read" -> {
                return shop.price(1).text() + " after " + shop.calls + " calls";
            }
            case "update" -> shop.update(1);
            case "updateAll" -> shop.updateAll();
            case "remove" -> {
                shop.price = "new";
                manager.getCache("prices").remove(GeneratedKey.of(1));
            }
            case "clear" -> {
                shop.price = "new";
                manager.getCache("prices").clear();
            }
            default -> throw new IllegalArgumentException("unknown command " + line);
        }
        return "done";
    }
}
