package io.nearfar.sample.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.sample.nodes.Node.Reply;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the weather shows of caches that code asks, with one node or two: loading that protects, soft ends, versions, listeners, settings. */
abstract class WeatherChecks {
    static final Duration SOON = Duration.ofSeconds(30);
    private static final long MUMBAI = 1275339;
    private static final long DELHI = 1273294;
    private static final long VIENNA = 2761369;
    private static final long PARIS = 2988507;
    private static final long SANTIAGO = 3871336;
    private static final long LINZ = 2772400;

    /** A visitor of a node, and of another if there are two; set before each test. */
    Node one;

    Node two;

    /** A beat that is sent while a page is fetched keeps it out of the near tier once. */
    static Reply near(Node node, String path) {
        return await().atMost(SOON)
                .until(() -> node.get(path), reply -> reply.origin().equals("near"));
    }

    @Test
    void weather_ofACity_isAskedOnceForAllNodes() {
        Map<String, JsonObject> first = forecasts(one, MUMBAI);
        assertThat(first).containsOnlyKeys("now", "24h", "7d");
        assertThat(first.values())
                .extracting(forecast -> forecast.getString("unit"))
                .containsOnly("C");
        assertThat(forecasts(two, MUMBAI).get("7d")).isEqualTo(first.get("7d"));
        near(one, weather(MUMBAI));
    }

    /** The end is soft: the load sees what was there, and hears that it has not changed. The response is asynchronous. */
    @Test
    void weather_inDoubt_isAskedForAgain_andLivesOnIfItHasNotChanged() {
        assertThat(one.sendAs("ben", "POST", weather(DELHI) + "/doubt", null).status())
                .isEqualTo(403);
        JsonObject before = forecasts(one, DELHI).get("7d");
        int unchanged = station(one).getInt("unchanged");
        Reply doubted = two.sendAs("ada", "POST", weather(DELHI) + "/doubt", null);
        assertThat(doubted.status()).isEqualTo(200);
        assertThat(doubted.json().getInt("ended")).isBetween(1, 3);
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(forecasts(one, DELHI).get("7d")).isEqualTo(before);
            assertThat(station(one).getInt("unchanged")).isGreaterThan(unchanged);
        });
    }

    /** Fail-safe: what is in doubt is better than nothing, and where there is nothing a fallback answers. */
    @Test
    void weather_whileTheServiceIsOutOfReach_isThatOfBefore() {
        assertThat(one.sendAs("ada", "DELETE", "weather/7d", null).status()).isEqualTo(204);
        JsonObject before = forecasts(one, PARIS).get("7d");
        assertThat(reach("ben", one, false).status()).isEqualTo(403);
        assertThat(reach("ada", one, false).json().getBoolean("reachable")).isFalse();
        try {
            int answers = graceAnswers(one);
            assertThat(one.sendAs("ada", "POST", weather(PARIS) + "/doubt", null)
                            .status())
                    .isEqualTo(200);
            await().atMost(SOON).untilAsserted(() -> {
                assertThat(forecasts(one, PARIS).get("7d")).isEqualTo(before);
                assertThat(graceAnswers(one)).isGreaterThan(answers);
            });
            assertThat(station(one).getInt("failed")).isPositive();
            assertThat(sky(one, VIENNA)).isEqualTo("unknown");
        } finally {
            reach("ada", one, true);
        }
        await().atMost(SOON).untilAsserted(() -> assertThat(sky(one, VIENNA)).isNotEqualTo("unknown"));
    }

    /** Two releases side by side: one cache, the same keys, entries of two versions. */
    @Test
    void weather_ofTheReleaseBefore_isKeptInAnotherVersion() {
        List<JsonObject> before = list(one, weather(LINZ) + "/before");
        assertThat(before).extracting(forecast -> forecast.getString("unit")).containsOnly("F");
        JsonObject now = forecasts(one, LINZ).get("7d");
        assertThat(now.getString("unit")).isEqualTo("C");
        assertThat(two.sendAs("ada", "DELETE", "weather/7d", null).status()).isEqualTo(204);
        assertThat(list(two, weather(LINZ) + "/before").get(2)).isEqualTo(before.get(2));
    }

    /** The keys of a span are a namespace. */
    @Test
    void weather_ofASpanThatIsForgotten_isToldAnew() {
        Map<String, JsonObject> before = forecasts(one, MUMBAI);
        assertThat(two.sendAs("ada", "DELETE", "weather/yesterday", null).status())
                .isEqualTo(404);
        assertThat(two.sendAs("ada", "DELETE", "weather/24h", null).status()).isEqualTo(204);
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(told(forecasts(one, MUMBAI).get("24h"))).isGreaterThan(told(before.get("24h"))));
    }

    /** Given with a life of its own; what it ends is a named invalidation, fired by an event of CDI. */
    @Test
    void warning_onOneNode_isShownAndHeardOnTheOther_andCallsTheWeatherInDoubt() {
        forecasts(one, SANTIAGO);
        int asked = station(one).getInt("asked");
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(warn("ada", "CL", "Strong wind from the sea").status()).isEqualTo(200);
            assertThat(list(two, "warnings"))
                    .anySatisfy(heard -> assertThat(heard.getString("text")).isEqualTo("Strong wind from the sea"));
        });
        await().atMost(SOON).untilAsserted(() -> {
            forecasts(one, SANTIAGO);
            assertThat(station(one).getInt("asked")).isGreaterThan(asked);
            assertThat(warning(two, SANTIAGO)).isEqualTo("Strong wind from the sea");
        });
        assertThat(two.sendAs("ada", "DELETE", "warnings/CL", null).status()).isEqualTo(200);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(warning(one, SANTIAGO)).isEmpty());
    }

    /** The rule for keys stands in the settings alone. */
    @Test
    void warning_forWhatIsNoCountry_isRefused() {
        Reply refused = one.get("warnings/chile");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().getString("problem")).isEqualTo("A country is named by its two capital letters.");
        assertThat(warn("ben", "CL", "Nothing").status()).isEqualTo(403);
    }

    /** Whoever guesses names does not reach the database each time. */
    @Test
    void profile_ofNobody_isNotLookedForTwice() {
        assertThat(two.sendAs("nobody", "GET", "me/feed", null).status()).isEqualTo(401);
        int loads = figures(one, "profile").getInt("loads");
        for (int i = 0; i < 3; i++) {
            assertThat(one.sendAs("nobody", "GET", "me/feed", null).status()).isEqualTo(401);
        }
        assertThat(figures(one, "profile").getInt("loads")).isEqualTo(loads);
    }

    @Test
    void map_inAShortForm_isReadOnTheOtherNode() {
        Reply map = one.get("map");
        near(one, "map");
        assertThat(two.get("map").origin()).isIn("near", "far");
        assertThat(two.get("map").data()).isEqualTo(map.data());
        assertThat(settings(one, "map")).contains("codec kryo", "compression deflate");
    }

    @Test
    void settings_ofACache_areShownWithTheirOrigin() {
        forecasts(one, MUMBAI);
        JsonObject weather = one.get("live/weather").json();
        assertThat(weather.getInt("version")).isEqualTo(2);
        assertThat(weather.getString("codec")).isEqualTo("kryo");
        assertThat(settings(one, "weather")).contains("refresh-ahead 25%", "version 2");
        assertThat(weather.getJsonArray("set").getValuesAs(JsonObject.class))
                .filteredOn(setting -> setting.getString("name").equals("version"))
                .extracting(setting -> setting.getString("origin"))
                .first()
                .asString()
                .startsWith("nearfar.cache.weather.version (");
        assertThat(one.get("live/nothing").status()).isEqualTo(404);
    }

    private static String weather(long city) {
        return "cities/" + city + "/weather";
    }

    private static Map<String, JsonObject> forecasts(Node node, long city) {
        return node
                .get(weather(city))
                .data()
                .asJsonObject()
                .getJsonArray("forecasts")
                .getValuesAs(JsonObject.class)
                .stream()
                .collect(Collectors.toMap(forecast -> forecast.getString("span"), forecast -> forecast));
    }

    private static String sky(Node node, long city) {
        return forecasts(node, city).get("7d").getString("sky");
    }

    private static String warning(Node node, long city) {
        return node.get(weather(city))
                .data()
                .asJsonObject()
                .getJsonObject("warning")
                .getString("text");
    }

    private static long told(JsonObject forecast) {
        return forecast.getJsonNumber("told").longValue();
    }

    private static JsonObject station(Node node) {
        return node.get("weather").json();
    }

    private static Reply reach(String person, Node node, boolean reachable) {
        JsonObject wanted =
                Json.createObjectBuilder().add("reachable", reachable).build();
        return node.sendAs(person, "PUT", "weather", wanted);
    }

    private Reply warn(String person, String country, String text) {
        JsonObject warning =
                Json.createObjectBuilder().add("text", text).add("minutes", 10).build();
        return one.sendAs(person, "PUT", "warnings/" + country, warning);
    }

    private static int graceAnswers(Node node) {
        return figures(node, "weather").getInt("graceAnswers");
    }

    private static JsonObject figures(Node node, String cache) {
        return node.get("live").json().getJsonArray("caches").getValuesAs(JsonObject.class).stream()
                .filter(each -> each.getString("name").equals(cache))
                .findFirst()
                .orElseThrow()
                .getJsonObject("figures");
    }

    private static List<String> settings(Node node, String cache) {
        return node.get("live/" + cache).json().getJsonArray("set").getValuesAs(JsonObject.class).stream()
                .map(setting -> setting.getString("name") + " " + setting.getString("value"))
                .toList();
    }

    private static List<JsonObject> list(Node node, String path) {
        try (JsonReader reader =
                Json.createReader(new StringReader(node.get(path).response().body()))) {
            return reader.readArray().getValuesAs(JsonObject.class);
        }
    }
}
