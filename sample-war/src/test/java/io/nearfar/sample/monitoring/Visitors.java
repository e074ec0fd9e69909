package io.nearfar.sample.monitoring;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/** People who use a running sample. */
final class Visitors {
    private static final Pattern CITY = Pattern.compile("\"id\":(\\d+)");
    private static final int AT_ONCE = 20;

    private final RunningSample sample;
    private final List<String> cities;
    private final Random random = new Random(7);

    Visitors(RunningSample sample) {
        this.sample = sample;
        this.cities = CITY.matcher(sample.get("countries/FR/largest") + sample.get("countries/JP/largest"))
                .results()
                .map(city -> city.group(1))
                .distinct()
                .toList();
    }

    /** A little of everything that visitors do. */
    void visit() {
        for (String path : List.of(
                "cities/1850147",
                "cities/360630?view=true",
                "cities/360630/nearby",
                "cities/2158177/weather",
                "cities/2158177/posts",
                "cities/suggestions?q=li",
                "countries",
                "countries/FR/regions",
                "countries/FR/largest",
                "map",
                "trending",
                "warnings")) {
            sample.get(path);
            sample.get(path);
        }
        sample.ask("PUT", "api/warnings/AU", "ada", "{\"text\":\"Heat\",\"minutes\":1}");
        sample.ask("PUT", "api/cities/360630", "ada", "{\"population\":9000001,\"note\":\"\"}");
        sample.ask("GET", "api/cities?q=oslo", "ada", null);
        sample.ask("GET", "api/me/preferences", "ben", null);
        sample.ask("POST", "api/countries/FR/out-of-date", "ada", null);
        sample.ask("GET", "cache-status", "ada", null);
    }

    /** Visits by chance for so many seconds, while what the sample exports is recorded; some cities are visited more than others. */
    void stroll(Recording recording, int seconds) {
        int until = recording.second() + seconds;
        while (recording.second() < until) {
            recording.goOn();
            visit();
            for (int i = 0; i < AT_ONCE && recording.second() < until; i++) {
                recording.goOn();
                String city = cities.get((int) (cities.size() * Math.pow(random.nextDouble(), 3)));
                sample.get("cities/" + city);
                sample.get("cities/" + city + "/weather");
            }
        }
        recording.goOn();
    }
}
