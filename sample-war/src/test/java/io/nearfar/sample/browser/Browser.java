package io.nearfar.sample.browser;

import io.nearfar.sample.launch.Child;
import io.nearfar.sample.launch.Folder;
import io.nearfar.sample.launch.Loopback;
import io.nearfar.sample.launch.Waiting;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Headless Chromium with a new profile of its own; closing it leaves nothing behind. */
public final class Browser implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(30);
    private static final List<String> PROGRAMS = List.of("chromium", "chromium-browser", "google-chrome");
    private static final List<String> FLAGS = List.of(
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--window-size=1280,900");

    private final Folder folder;
    private final Child driver;
    private final WebDriver session;

    private Browser(Folder folder, Child driver, WebDriver session) {
        this.folder = folder;
        this.driver = driver;
        this.session = session;
    }

    /** Whether Chromium and its driver are found on the path. */
    public static boolean installed() {
        return chromium().isPresent() && program("chromedriver").isPresent();
    }

    private static Optional<Path> chromium() {
        return PROGRAMS.stream().map(Browser::program).flatMap(Optional::stream).findFirst();
    }

    private static Optional<Path> program(String name) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Opens one. */
    public static Browser open() throws IOException, InterruptedException {
        Folder folder = new Folder();
        int port = Loopback.anyPort();
        List<String> command = List.of(program("chromedriver").orElseThrow().toString(), "--port=" + port);
        Map<String, String> temporary = Map.of("TMPDIR", folder.path().toString());
        Child driver = Child.start("chromedriver", folder.path().resolve("driver.log"), temporary, command);
        WebDriver session = new WebDriver("http://" + Loopback.HOST + ":" + port);
        if (!Waiting.until(START, driver::running, session::ready)) {
            throw new IllegalStateException(driver.report());
        }
        session.begin(capabilities(folder));
        return new Browser(folder, driver, session);
    }

    private static JsonObject capabilities(Folder folder) {
        var flags = Json.createArrayBuilder(FLAGS)
                .add("--user-data-dir=" + folder.path().resolve("profile"));
        JsonObjectBuilder options = Json.createObjectBuilder()
                .add("binary", chromium().orElseThrow().toString())
                .add("args", flags);
        JsonObjectBuilder wanted =
                Json.createObjectBuilder().add("browserName", "chrome").add("goog:chromeOptions", options);
        return Json.createObjectBuilder()
                .add("capabilities", Json.createObjectBuilder().add("alwaysMatch", wanted))
                .build();
    }

    /** Goes to an address. */
    public void go(String address) {
        session.post("/url", Json.createObjectBuilder().add("url", address).build());
    }

    /** The text that a person reads in the first element of a CSS selector; empty if there is none. */
    public String text(String selector) {
        JsonValue text = run("return document.querySelector(arguments[0])?.innerText ?? ''", selector);
        return text instanceof jakarta.json.JsonString string ? string.getString() : "";
    }

    /** Runs a script with arguments and returns what it returns. */
    public JsonValue run(String script, String... arguments) {
        return session.post(
                "/execute/sync",
                Json.createObjectBuilder()
                        .add("script", script)
                        .add("args", Json.createArrayBuilder(List.of(arguments)))
                        .build());
    }

    /**
     * Takes a picture of the whole page as it is now, also of what one would scroll to, as a file of that name in the
     * folder of pictures.
     */
    public void photograph(String name) throws IOException {
        photograph(
                name,
                run("const { scrollWidth, scrollHeight } = document.documentElement;"
                        + " return { x: 0, y: 0, width: scrollWidth, height: scrollHeight, scale: 1 }"));
    }

    /** The same of the first element of a CSS selector alone. */
    public void photographOnly(String selector, String name) throws IOException {
        photograph(
                name,
                run(
                        "const { x, y, width, height } = document.querySelector(arguments[0]).getBoundingClientRect();"
                                + " return { x: x + scrollX, y: y + scrollY, width, height, scale: 1 }",
                        selector));
    }

    private void photograph(String name, JsonValue where) throws IOException {
        JsonObjectBuilder picture = Json.createObjectBuilder()
                .add("format", "png")
                .add("captureBeyondViewport", true)
                .add("clip", where);
        JsonObject taken = session.post(
                        "/goog/cdp/execute",
                        Json.createObjectBuilder()
                                .add("cmd", "Page.captureScreenshot")
                                .add("params", picture)
                                .build())
                .asJsonObject();
        Path folder = Path.of(System.getProperty("sample.pictures"));
        Files.createDirectories(folder);
        Files.write(folder.resolve(name + ".png"), Base64.getDecoder().decode(taken.getString("data")));
    }

    /** Types text into the first element of a selector, key by key. */
    public void type(String selector, String text) {
        String element = session.post(
                        "/element",
                        Json.createObjectBuilder()
                                .add("using", "css selector")
                                .add("value", selector)
                                .build())
                .asJsonObject()
                .values()
                .iterator()
                .next()
                .toString()
                .replace("\"", "");
        session.post(
                "/element/" + element + "/value",
                Json.createObjectBuilder().add("text", text).build());
    }

    @Override
    public void close() throws IOException {
        try {
            session.end();
        } finally {
            driver.close();
            folder.close();
        }
    }
}
