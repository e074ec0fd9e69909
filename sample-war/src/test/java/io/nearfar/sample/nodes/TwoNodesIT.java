package io.nearfar.sample.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nearfar.sample.browser.Browser;
import io.nearfar.sample.nodes.Node.Reply;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.URL;
import java.time.Duration;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two nodes over one Redis and one database: what one does, the other's visitors see. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class TwoNodesIT extends HttpChecks {
    private static final long CAIRO = 360630;
    private static final long TOKYO = 1850147;
    private static final long BERLIN = 2950159;
    private static final long LAGOS = 2332459;
    private static final long SEOUL = 1835848;
    private static final long MELBOURNE = 2158177;

    @ArquillianResource
    @OperateOnDeployment("one")
    URL first;

    @ArquillianResource
    @OperateOnDeployment("two")
    URL second;

    @Deployment(name = "one", testable = false)
    @TargetsContainer("node-1")
    static WebArchive one() {
        return Wars.some();
    }

    @Deployment(name = "two", testable = false)
    @TargetsContainer("node-2")
    static WebArchive two() {
        return Wars.some();
    }

    @BeforeEach
    void visit() {
        one = Node.at(first);
        two = Node.at(second);
    }

    @Test
    void city_askedAgain_comesFromNearAndOnTheOtherNodeFromFar() {
        String path = "cities/" + TOKYO;
        Reply database = one.get(path);
        Reply far = two.get(path);
        Reply near = near(one, path);
        assertThat(database.origin()).isEqualTo("database");
        assertThat(near.origin()).isEqualTo("near");
        assertThat(far.origin()).isEqualTo("far");
        assertThat(near.data()).isEqualTo(database.data());
        assertThat(far.data()).isEqualTo(database.data());
        assertThat(near.json().getString("from")).isEqualTo("near");
        assertThat(near.header("Server-Timing")).startsWith("near;desc=\"city\";dur=");
    }

    @Test
    void city_changedOnOneNode_isReadOnTheOther() {
        assertThat(population(one, CAIRO)).isEqualTo(population(two, CAIRO));
        near(two, "cities/" + CAIRO);

        assertThat(change(one, CAIRO, 9_000_001, "Counted on node 1").status()).isEqualTo(200);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(population(two, CAIRO)).isEqualTo(9_000_001));
        assertThat(two.get("cities/" + CAIRO).data().asJsonObject().getString("note"))
                .isEqualTo("Counted on node 1");
        change(two, CAIRO, 9_000_002, "");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(population(one, CAIRO)).isEqualTo(9_000_002));
    }

    /** The page of one city is tagged with the others that it shows. */
    @Test
    void city_changedOnOneNode_isReadOnThePagesOfOthers() {
        long metropolis = metropolis().getJsonNumber("id").longValue();
        near(two, "cities/" + TOKYO);
        assertThat(change(one, metropolis, 9_100_001, "").status()).isEqualTo(200);
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(metropolis().getInt("population")).isEqualTo(9_100_001));
    }

    /** Returns the nearest metropolis as the page of a city shows it on the second node. */
    private JsonObject metropolis() {
        return two.get("cities/" + TOKYO)
                .data()
                .asJsonObject()
                .getJsonObject("nearestMetropolis")
                .getJsonObject("city");
    }

    /** The lists of a country are named by a pattern of their keys. */
    @Test
    void region_afterAChangeOfACity_isNotOlder() {
        String path =
                "regions/" + two.get("cities/" + LIMA).data().asJsonObject().getString("regionCode") + "/cities";
        near(two, path);
        assertThat(change(one, LIMA, 12_300_000, "").status()).isEqualTo(200);
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(two.get(path).data().asJsonArray().getValuesAs(JsonObject.class))
                                .filteredOn(city -> city.getInt("id") == LIMA)
                                .extracting(city -> city.getInt("population"))
                                .containsExactly(12_300_000));
    }

    @Test
    void metrics_ofTheServer_showThoseOfTheCaches() {
        near(one, "cities/" + LIMA);
        Reply server = one.look(null, "metrics");
        assertThat(server.status()).isEqualTo(200);
        assertThat(server.response().body()).containsPattern(NEAR_HITS);
    }

    @Test
    void suggestions_afterAChange_areNotOlder() {
        String path = "cities/suggestions?q=lima";
        one.get(path);
        two.get(path);
        change(one, LIMA, 12_345_678, "");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(two.get(path)
                                .data()
                                .asJsonArray()
                                .getJsonObject(0)
                                .getInt("population"))
                        .isEqualTo(12_345_678));
    }

    @Test
    void session_begunOnOneNode_holdsOnTheOther() {
        JsonObject ben = Json.createObjectBuilder()
                .add("person", "ben")
                .add("password", "ben")
                .build();
        assertThat(one.send("POST", "session", ben).status()).isEqualTo(200);
        Node moved = one.movedTo(second);
        assertThat(moved.get("session").data().asJsonObject().getString("name")).isEqualTo("Ben");
        moved.send("DELETE", "session", JsonValue.EMPTY_JSON_OBJECT);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(one.get("me/feed").status()).isEqualTo(401));
    }

    @Test
    void views_countedOnBothNodes_addUp() {
        for (int i = 0; i < 15; i++) {
            one.get("cities/" + SEOUL + "?view=true");
            two.get("cities/" + SEOUL + "?view=true");
        }
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            JsonObject most = two.get("trending").data().asJsonArray().getJsonObject(0);
            assertThat(most.getJsonObject("city").getInt("id")).isEqualTo((int) SEOUL);
            assertThat(most.getInt("views")).isEqualTo(30);
        });
    }

    @Test
    void post_writtenOnOneNode_isInFeedAndInboxOnTheOther() {
        String text = "Fog over the canal.";
        two.get("cities/" + BERLIN + "/posts");
        two.sendAs("chen", "GET", "me/feed", null);
        long before = unseen(two);
        JsonObject post = Json.createObjectBuilder().add("text", text).build();
        assertThat(one.sendAs("ben", "POST", "cities/" + BERLIN + "/posts", post)
                        .status())
                .isEqualTo(200);
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(firstText(two.get("cities/" + BERLIN + "/posts"))).isEqualTo(text);
            assertThat(firstText(two.sendAs("chen", "GET", "me/feed", null))).isEqualTo(text);
            assertThat(unseen(two)).isEqualTo(before + 1);
        });
    }

    @Test
    void readiness_tellsHowTheFarTierIs() {
        one.get("cities/" + LIMA);
        tellsHowTheFarTierIs(one);
    }

    @Test
    void live_figures_areThoseOfTheRunningCaches() {
        near(one, "cities/" + LAGOS);
        long before = nearHits(one);
        one.get("cities/" + LAGOS);
        one.get("cities/" + LAGOS);
        one.get("cities/" + LAGOS);
        assertThat(nearHits(one)).isGreaterThanOrEqualTo(before + 2);
        assertThat(one.get("live").json().getString("node")).isEqualTo("node-1");
        assertThat(two.get("live").json().getString("node")).isEqualTo("node-2");
    }

    @Test
    void page_inABrowser_showsWhatWasChangedOnTheOtherNode() throws Exception {
        assumeTrue(Browser.installed(), "skipped: no chromium with chromedriver on the path; install both to run this");
        String shown = "document.querySelector('#population')?.innerText";
        try (Browser browser = Browser.open()) {
            showsTheWorld(browser);
            browser.go(two.address() + "#/city/" + LAGOS);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> browser.text("h1").equals("Lagos"));
            change(one, LAGOS, 16_060_303, "Counted again in the harbour");
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(browser.text("#population")).isEqualTo("16,060,303"));
            assertThat(browser.text("#note")).isEqualTo("Counted again in the harbour");
            assertThat(browser.text("#source .badge")).matches("(near|far|database)\\s+[0-9.,]+ [mµ]s");
            browser.photograph("city");

            browser.type("#q", "são p");
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(browser.text("#option-0")).contains("São Paulo"));
            assertThat(browser.text("[data-left=suggestions]"))
                    .matches("1,1\\d\\d of 1,200 suggestions left this minute");
            assertThat(browser.run("return " + shown)).hasToString("\"16,060,303\"");

            browser.go(two.address() + "#/live");
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> assertThat(browser.text("#ready")).contains("nearfar", "ready", "far tier up"));

            showsAKeptResponse(browser);
            signsIn(browser);
            declaresAResponseOutOfDate(browser);
            callsTheWeatherInDoubt(browser);
            showsServiceWarningsAndSettings(browser);
            showsTheStatus(browser);
            browser.run("fetch('api/session', { method: 'DELETE' }).then(() => location.reload())");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(browser.text("#account")).isEqualTo("Sign in"));
            showsWarmingAndMetrics(browser);

            two.get("cities?q=lagos");
            browser.go(two.address() + "#/search/lagos");
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(browser.text("[data-left=searches]"))
                            .isEqualTo("28 of 30 searches left in 10 minutes"));
            for (int i = 0; i < 28; i++) {
                one.get("cities?q=lagos");
            }
            browser.go(two.address() + "#/search/lago");
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(browser.text("h1")).isEqualTo("A moment, please"));
            assertThat(browser.text("#refused"))
                    .startsWith("You have used all 30 searches that there are in 10 minutes. Try again in ");
        }
    }

    private void showsTheWorld(Browser browser) throws IOException {
        browser.go(two.address());
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(browser.text("h1")).isEqualTo("Every city, one keystroke away"));
        browser.photograph("world");
    }

    /** To ada, who has signed in. */
    private void showsTheStatus(Browser browser) throws IOException {
        browser.go(two.address() + "cache-status");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(browser.text("body")).contains("The far tier answers"));
        browser.photograph("status");
        browser.go(two.address() + "#/live");
    }

    /** On the page of a country, which asks again every few seconds. */
    private void showsAKeptResponse(Browser browser) {
        browser.go(two.address() + "#/country/AU");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(browser.text("#kept")).matches("kept for \\d+ s, unchanged \\(304\\)"));
        change(one, MELBOURNE, 6_100_001, "");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(browser.text("#largest li")).contains("Melbourne"));
    }

    private static void signsIn(Browser browser) {
        browser.run(
                "fetch('api/session', { method: 'POST', headers: { 'Content-Type': 'application/json' },"
                        + " body: '{\"person\":\"ada\",\"password\":\"ada\"}' }).then(({ status }) => { window.answered = status })");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(browser.run("return window.answered ?? null"))
                        .hasToString("200"));
        browser.run("location.reload()");
        await().atMost(SOON.multipliedBy(2))
                .untilAsserted(() -> assertThat(browser.text("#forget")).isEqualTo("Declare out of date"));
    }

    private static void declaresAResponseOutOfDate(Browser browser) {
        browser.run("window.said = []; const kept = document.querySelector('#kept');"
                + " new MutationObserver(() => said.push(kept.innerText)).observe(kept, { childList: true });"
                + " document.querySelector('#forget').click()");
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(browser.run("return said.join()").toString()).contains("made now"));
    }

    /** On the page of a city. */
    private void callsTheWeatherInDoubt(Browser browser) {
        browser.go(two.address() + "#/city/" + MELBOURNE);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(browser.text("#doubt")).isEqualTo("Probably wrong"));
        assertThat(browser.text("[data-span='7d']")).matches("(?s)The next week.*-?\\d+ °C.*told to node-\\d, .* ago");
        assertThat(browser.text("#weather-before")).contains(" °F");
        browser.run("document.querySelector('#doubt').click()");
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(browser.text("#doubted")).matches("[1-3] of 3 forecasts ended, on all nodes.*"));
    }

    /** On the page of the caches, what a script does on the other node meanwhile included. */
    private void showsServiceWarningsAndSettings(Browser browser) {
        browser.go(two.address() + "#/live");
        presses(browser, "Take it away from this node", "out of reach");
        presses(browser, "Bring it back", "in reach");
        browser.run("document.querySelector('#forget-now').click()");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(browser.text("#station-said")).startsWith("Forgotten on all nodes"));
        JsonObject heat = Json.createObjectBuilder()
                .add("text", "Heat in the outback")
                .add("minutes", 1)
                .build();
        await().atMost(SOON).untilAsserted(() -> {
            one.sendAs("ada", "PUT", "warnings/AU", heat);
            assertThat(browser.text("#heard")).contains("AU: Heat in the outback", "on node-1");
        });
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(browser.text("#settings")).contains("stale-while-revalidate"));
        assertThat(browser.text("#settings-facts")).contains("version 2", "codec kryo");
    }

    /** Again as long as the button is there: a figure that was asked for before may be shown after it was pressed. */
    private static void presses(Browser browser, String button, String state) {
        await().atMost(SOON).untilAsserted(() -> {
            browser.run(
                    "const reach = document.querySelector('#reach'); if (reach?.innerText === arguments[0]) reach.click()",
                    button);
            assertThat(browser.text("#station-state")).isEqualTo(state);
        });
    }

    private void showsWarmingAndMetrics(Browser browser) throws IOException {
        browser.go(two.address() + "#/live");
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(browser.text("#warmings")).matches("(?s)regions.*done (here|by another node).*");
            assertThat(browser.text("[data-metric='near hits']")).matches("[1-9][0-9,.]*");
        });
        browser.photographOnly("table.caches", "caches");
    }

    private static String firstText(Reply posts) {
        return posts.data().asJsonArray().getJsonObject(0).getString("text");
    }

    private static long unseen(Node node) {
        return node.sendAs("chen", "GET", "me/notifications", null)
                .data()
                .asJsonObject()
                .getInt("unseen");
    }

    private static long nearHits(Node node) {
        return node.get("live").json().getJsonArray("caches").getValuesAs(JsonObject.class).stream()
                .mapToLong(cache -> cache.getJsonObject("figures").getInt("nearHits"))
                .sum();
    }
}
