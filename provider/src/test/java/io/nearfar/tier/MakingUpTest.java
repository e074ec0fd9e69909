package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.entry.Attributes;
import io.nearfar.entry.Change;
import io.nearfar.entry.Condition;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Freshness;
import io.nearfar.entry.Lifetime;
import io.nearfar.entry.TestSettings;
import io.nearfar.entry.ValueFormat;
import io.nearfar.entry.ValueFormats;
import io.nearfar.entry.Version;
import io.nearfar.far.FarEntries;
import io.nearfar.far.FarTier;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealRedis;
import io.nearfar.testing.TextFormat;
import io.nearfar.testing.TextKeys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a key that others have written since. */
class MakingUpTest {
    private final TextFormat format = new TextFormat();
    private final RealRedis redis = RealRedis.start();
    private FarTier tier;
    private FarEntries<String, String> far;

    @BeforeEach
    void start() {
        tier = FarSetups.open(FarSetups.quiet(FarSetups.far(FarSetups.address(redis.host()), "making")));
        far = tier.store(FarSetups.cache("c"), new TextKeys(), format);
    }

    @AfterEach
    void stop() {
        tier.close();
        redis.close();
    }

    private Version put(String text) {
        return far.apply("k", write(format, text, Condition.ALWAYS)).version();
    }

    private static Change<String> write(ValueFormat<String> format, String text, Condition condition) {
        return Change.write(format.keep(text), condition, Lifetime.of(Lifetime.ETERNAL), true);
    }

    private String read() {
        Entry<String> entry = far.read("k", Freshness.AUTHORITY);
        return entry == null ? null : entry.value().get();
    }

    /** Tells of a value that was noted over the first of two; the predicate is asked when it has lost. */
    private void tell(Predicate<String> isWanted) {
        Version known = put("old");
        put("of another node");
        tellOver(known, isWanted);
    }

    private void tellOver(Version known, Predicate<String> isWanted) {
        Map<String, FarTierUnavailableException> left = new HashMap<>();
        new MakingUp<>("c", far).tell(Map.of("k", write(format, "noted", Condition.is(known))), isWanted, left);
        assertThat(left).isEmpty();
    }

    @Test
    void keyThatOthersHaveWritten_isRemoved() {
        tell(key -> true);
        assertThat(read()).isNull();
    }

    @Test
    void keyThatIsWrittenOnceMore_keepsThat() {
        tell(key -> {
            put("newest");
            return true;
        });
        assertThat(read()).isEqualTo("newest");
    }

    /** Nothing was there when the noted value could not be written; what came then is newer. */
    @Test
    void keyThatWasEmpty_keepsWhatIsWrittenThen() {
        Version known = put("old");
        far.apply("k", Change.removal(Condition.ALWAYS, false));
        tellOver(known, key -> {
            put("newest");
            return true;
        });
        assertThat(read()).isEqualTo("newest");
    }

    @Test
    void keyWhoseEntryCannotBeRead_isRemoved() {
        Version known = put("old");
        put("?untrusted");
        tellOver(known, key -> true);
        assertThat(redis.call("EXISTS", entry())).isEqualTo(0L);
    }

    private Object entry() {
        Object[] keys = ((List<?>) redis.call("KEYS", "*:e:c:k")).toArray();
        return keys.length == 0 ? "none" : keys[0];
    }

    @Test
    void keyThatHasTheValueAlready_keepsIt() {
        Version known = put("old");
        put("noted");
        tellOver(known, key -> true);
        assertThat(read()).isEqualTo("noted");
    }

    /** Without the tags nobody could invalidate it. */
    @Test
    void keyThatHasTheValueWithOtherTags_isRemoved() {
        Version known = put("old");
        far.apply("k", write(format, "noted", Condition.ALWAYS).with(Attributes.of(List.of("red"), -1)));
        tellOver(known, key -> true);
        assertThat(read()).isNull();
    }

    /** Another node's limit is higher. */
    @Test
    void valueThatThisNodeMayNotWrite_isRemovedAsAnyOther() {
        ClassLoader loader = getClass().getClassLoader();
        ValueFormat<String> wide = ValueFormats.byValue(TestSettings.limitedTo(10_000), String.class, loader);
        ValueFormat<String> narrow = ValueFormats.byValue(TestSettings.limitedTo(100), String.class, loader);
        FarEntries<String, String> there = tier.store(FarSetups.cache("c"), new TextKeys(), wide);
        FarEntries<String, String> here = tier.store(FarSetups.cache("c"), new TextKeys(), narrow);
        Version known = here.apply("k", write(narrow, "old", Condition.ALWAYS)).version();
        there.apply("k", write(wide, "x".repeat(5_000), Condition.ALWAYS));
        Map<String, FarTierUnavailableException> left = new HashMap<>();
        new MakingUp<>("c", here).tell(Map.of("k", write(narrow, "noted", Condition.is(known))), key -> true, left);
        assertThat(left).isEmpty();
        assertThat(here.read("k", Freshness.AUTHORITY)).isNull();
        assertThat(there.read("k", Freshness.AUTHORITY)).isNull();
    }
}
