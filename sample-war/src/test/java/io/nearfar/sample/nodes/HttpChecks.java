package io.nearfar.sample.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.sample.nodes.Node.Reply;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What holds on every server, with one node or two: asked over HTTP. */
abstract class HttpChecks extends WeatherChecks {
    static final long LIMA = 3936456;
    static final String NEAR_HITS = "nearfar_cache_hits_total\\{[^}]*cache=\"city\"[^}]*tier=\"near\"[^}]*\\} [1-9]";
    private static final long SYDNEY = 2147714;

    /** Of each address of its own: it is part of the key, for responses may hold it. */
    @Test
    void response_askedAgain_isKeptAndNotSentTwice() {
        String path = "countries/IN/largest";
        Reply made = one.get(path);
        assertThat(made.header("ETag")).startsWith("W/");
        assertThat(made.header("Cache-Control")).isEqualTo("public, no-cache");
        assertThat(names(made)).first().isEqualTo("Mumbai");

        Reply kept = one.get(path);
        assertThat(kept.header("Age")).matches("\\d+");
        assertThat(kept.header("ETag")).isEqualTo(made.header("ETag"));
        assertThat(kept.response().body()).isEqualTo(made.response().body());
        Reply unchanged = one.getUnless(made.header("ETag"), path);
        assertThat(unchanged.status()).isEqualTo(304);
        assertThat(unchanged.response().body()).isEmpty();
        assertThat(one.look("ben", "api/" + path).header("Age")).matches("\\d+");
    }

    /** It has no body, so whatever it calls the type of it, it asks for the same. */
    @Test
    void response_toARequestThatNamesAType_isKeptLikeAnyOther() {
        String path = "countries/BR/largest";
        Reply made = one.getTyped(path);
        Reply kept = one.getTyped(path);
        assertThat(kept.header("Age")).matches("\\d+");
        assertThat(kept.header("ETag")).isEqualTo(made.header("ETag"));
        assertThat(one.get(path).header("ETag")).isEqualTo(made.header("ETag"));
    }

    /** The city's entity says which responses a change ends; the method that changes it does not. */
    @Test
    void response_afterAChangeOfACity_isNotOlder() {
        String path = "countries/AU/largest";
        String before = one.get(path).header("ETag");
        two.get(path);
        int changed = population(one, SYDNEY) + 1;
        assertThat(change(one, SYDNEY, changed, "").status()).isEqualTo(200);
        assertThat(one.get(path).header("ETag")).isNotEqualTo(before);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(two.get(path).response().body()).contains("\"population\":" + changed));
    }

    @Test
    void response_declaredOutOfDateByItsTag_isMadeAnew() {
        String path = "countries/FR/largest";
        one.get(path);
        assertThat(one.get(path).header("Age")).matches("\\d+");
        String declare = "countries/FR/out-of-date";
        assertThat(two.sendAs("ben", "POST", declare, null).status()).isEqualTo(403);
        assertThat(two.sendAs("ada", "POST", declare, null).status()).isEqualTo(204);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(one.get(path).header("Age")).isEmpty());
    }

    /** One node has loaded the regions of all countries, for both; it may be one that ran before these, for it is known in Redis. */
    @Test
    void regions_areThereBeforeAnybodyAsks() {
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(List.of(warming(one), warming(two))).isSubsetOf("DONE", "ELSEWHERE"));
        assertThat(two.get("countries/KE/regions").origin()).isIn("near", "far");
        assertThat(one.get("countries/KE/regions").origin()).isIn("near", "far");
    }

    @Test
    void searches_onBothNodes_areLimitedTogether() {
        String path = "cities?q=rio";
        for (int i = 0; i < 15; i++) {
            assertThat(one.sendFor("203.0.113.1", "GET", path, null).status()).isEqualTo(200);
            assertThat(two.sendFor("203.0.113.1", "GET", path, null).header("RateLimit"))
                    .startsWith("\"searches\";r=" + (28 - 2 * i) + ";t=");
        }
        Reply refused = one.sendFor("203.0.113.1", "GET", path, null);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
        assertThat(refused.header("Retry-After")).matches("[1-9]\\d*");
        assertThat(refused.header("RateLimit-Policy")).isEqualTo("\"searches\";q=30;w=600");
        assertThat(refused.json().getJsonArray("violated-policies").getString(0))
                .isEqualTo("searches");
        assertThat(two.sendFor("203.0.113.1", "GET", path, null).status()).isEqualTo(429);
        assertThat(two.sendFor("203.0.113.2", "GET", path, null).status()).isEqualTo(200);
        assertThat(two.sendFor("203.0.113.1", "GET", "countries", null).status())
                .isEqualTo(200);
    }

    /** Ben has the free plan, Chen the premium one, and Ada is an administrator. */
    @Test
    void searches_ofPersons_areLimitedByTheirPlan() {
        String path = "cities?q=oslo";
        for (int i = 0; i < 30; i++) {
            assertThat(one.sendAs("ben", "GET", path, null).status()).isEqualTo(200);
            assertThat(one.sendAs("ada", "GET", path, null).status()).isEqualTo(200);
        }
        assertThat(two.sendAs("ben", "GET", path, null).status()).isEqualTo(429);
        Reply premium = two.sendAs("chen", "GET", path, null);
        assertThat(premium.header("RateLimit-Policy")).isEqualTo("\"searches\";q=150;w=600");
        assertThat(premium.header("RateLimit")).startsWith("\"searches\";r=149;t=");
        Reply exempt = two.sendAs("ada", "GET", path, null);
        assertThat(exempt.status()).isEqualTo(200);
        assertThat(exempt.header("RateLimit")).isEmpty();
    }

    @Test
    void signIns_withGuessedPasswords_areRefusedOnBothNodesAfterAFew() {
        JsonObject guess = Json.createObjectBuilder()
                .add("person", "ben")
                .add("password", "a guess")
                .build();
        for (int i = 0; i < 5; i++) {
            assertThat(one.sendFor("203.0.113.3", "POST", "session", guess).status())
                    .isEqualTo(401);
            assertThat(two.sendFor("203.0.113.3", "POST", "session", guess).header("RateLimit"))
                    .startsWith("\"sign-ins\";r=" + (8 - 2 * i) + ";t=");
        }
        Reply refused = one.sendFor("203.0.113.3", "POST", "session", guess);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
        assertThat(refused.json().getJsonArray("violated-policies").getString(0))
                .isEqualTo("sign-ins");
        assertThat(two.sendFor("203.0.113.3", "POST", "session", guess).status())
                .isEqualTo(429);
        assertThat(two.sendFor("203.0.113.4", "POST", "session", guess).status())
                .isEqualTo(401);
    }

    /** The path has a limit by settings alone: the application knows nothing of it. */
    @Test
    void status_isShownToAdministratorsAlone_andHasALimit() {
        assertThat(one.look(null, "cache-status").status()).isEqualTo(401);
        assertThat(one.look("ben", "cache-status").status()).isEqualTo(403);

        one.get("cities/" + LIMA);
        Reply status = one.look("ada", "cache-status");
        assertThat(status.status()).isEqualTo(200);
        assertThat(status.header("RateLimit")).startsWith("\"status\";r=59;t=");
        JsonObject data = status.json().getJsonObject("data");
        assertThat(data.getBoolean("connected")).isTrue();
        assertThat(data.getJsonArray("caches").getValuesAs(JsonObject.class))
                .extracting(cache -> cache.getString("name"))
                .contains("city", "suggestions");
        assertThat(data.getJsonArray("warmings").getJsonObject(0).getString("name"))
                .isEqualTo("regions");

        Reply debug = one.look("ada", "cache-debug");
        assertThat(debug.json().getBoolean("cache_working")).isTrue();
        assertThat(debug.header("RateLimit")).startsWith("\"status\";r=58;t=");
    }

    /** The text of Nearfar's own, for administrators. */
    @Test
    void metrics_ofTheCachesAlone_areShownToAdministrators() {
        near(one, "cities/" + LIMA);
        assertThat(one.look(null, "cache-metrics").status()).isEqualTo(403);
        Reply alone = one.look("ada", "cache-metrics");
        assertThat(alone.header("Content-Type")).startsWith("text/plain");
        assertThat(alone.response().body()).containsPattern(NEAR_HITS).doesNotContain("jvm_");
    }

    /** What MicroProfile Health answers, where the server does so. */
    static void tellsHowTheFarTierIs(Node health) {
        Reply ready = health.look(null, "health/ready");
        assertThat(ready.status()).isEqualTo(200);
        JsonObject nearfar = ready.json().getJsonArray("checks").getValuesAs(JsonObject.class).stream()
                .filter(check -> check.getString("name").equals("nearfar"))
                .findFirst()
                .orElseThrow();
        assertThat(nearfar.getString("status")).isEqualTo("UP");
        assertThat(nearfar.getJsonObject("data").getString("state")).isEqualTo("up");
        assertThat(health.look(null, "health/live").response().body()).doesNotContain("nearfar");
    }

    static Reply change(Node node, long city, long population, String note) {
        JsonObject edit = Json.createObjectBuilder()
                .add("population", population)
                .add("note", note)
                .build();
        return node.sendAs("ada", "PUT", "cities/" + city, edit);
    }

    static int population(Node node, long city) {
        return node.get("cities/" + city)
                .data()
                .asJsonObject()
                .getJsonObject("city")
                .getInt("population");
    }

    private static String warming(Node node) {
        return node.get("live").json().getJsonArray("warmings").getJsonObject(0).getString("state");
    }

    private static List<String> names(Reply cities) {
        try (JsonReader reader =
                Json.createReader(new StringReader(cities.response().body()))) {
            return reader.readArray().getValuesAs(JsonObject.class).stream()
                    .map(city -> city.getString("name"))
                    .toList();
        }
    }
}
