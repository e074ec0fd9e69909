package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.config.Compression;
import io.nearfar.entry.Attributes;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Envelope;
import io.nearfar.entry.Version;
import io.nearfar.key.KeyText;
import io.nearfar.near.Fill;
import io.nearfar.near.NearLease;
import io.nearfar.near.NearTier;
import io.nearfar.testing.TextFormat;
import io.nearfar.testing.TextKeys;
import io.nearfar.tier.FallbackRows.Found;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the table shows, and what this node has seen of the far tier, are compared. */
class OvertakenTest {
    private static final Version BASE = new Version(10, 1);

    private final NearLease lease = new NearLease(Duration.ofSeconds(1), 0);
    private final NearTier<String, String> near = StillNearTier.under(lease);
    private final Overtaken<String> overtaken = new Overtaken<>(near, new TextKeys(), key -> 0);

    OvertakenTest() {
        lease.verified(0);
    }

    private static Entry<String> entry(long stamp) {
        return Entry.of(new TextFormat().keep("v"), new Version(stamp, 0), stamp, Entry.NEVER);
    }

    private Fill<String> begin() {
        return near.begin("k", "k", true, 0);
    }

    private static RowContent content(@Nullable Version base, boolean put) {
        Envelope envelope = new Envelope(false, Provisional.next(), 0, Entry.NEVER, null, new byte[] {1});
        return new RowContent(new KeyText("k", null), base, put ? envelope : null);
    }

    private static Found<String> found() {
        return new Found<>(new OutageRow("id", "scope", "c", 0, 1, null, new byte[0]), null, null, OutageRow.NONE);
    }

    @Test
    void by_rowThatIsThere_takesWhatIsKept() {
        near.complete(begin(), entry(10));
        overtaken.by("k", found());
        assertThat(near.get("k")).isNull();
    }

    /** A read of the far tier that began before must not bring back what the row has taken the place of. */
    @Test
    void by_rowThatIsThere_takesWhatIsJustBeingRead() {
        Fill<String> reading = begin();
        overtaken.by("k", found());
        near.complete(reading, entry(10));
        assertThat(near.get("k")).isNull();
        assertThat(near.pending()).isZero();
        near.complete(begin(), entry(11));
        assertThat(near.get("k")).as("read afterwards").isNotNull();
    }

    @Test
    void laterThanBase_keptEntry_countsIfItIsLater() {
        assertThat(overtaken.laterThanBase(content(BASE, true), "k", 0)).isNull();
        near.complete(begin(), entry(10));
        assertThat(overtaken.laterThanBase(content(BASE, true), "k", 0)).isNull();
        near.complete(begin(), entry(11));
        assertThat(overtaken.laterThanBase(content(BASE, true), "k", 0)).isEqualTo(new Version(11, 0));
        assertThat(overtaken.laterThanBase(content(BASE, false), "k", 0))
                .as("a removal stays one")
                .isNull();
        assertThat(overtaken.laterThanBase(content(null, true), "k", 0))
                .as("nobody knows over what it was put")
                .isNull();
    }

    @Test
    void laterThanBase_clear_countsAlsoAfterANewEpoch() {
        near.clear(0, 10);
        assertThat(overtaken.laterThanBase(content(BASE, true), "k", 0)).isNull();
        near.clear(0, 12);
        near.beginEpoch(0);
        assertThat(overtaken.laterThanBase(content(BASE, true), "k", 0)).isEqualTo(new Version(12, 0));
        assertThat(overtaken.laterThanBase(content(new Version(12, 0), true), "k", 0))
                .as("the clear itself is a base that is not overtaken by it")
                .isNull();
    }

    private static RowContent tagged(String tag) {
        Attributes attributes = Attributes.of(List.of(tag), Attributes.AS_CONFIGURED);
        Version version = Provisional.next();
        Envelope envelope =
                new Envelope(false, version, 0, Entry.NEVER, null, Compression.NONE, new byte[] {1}, attributes);
        return new RowContent(new KeyText("k", null), BASE, envelope);
    }

    @Test
    void laterThanBase_invalidationOfATag_countsAlsoAfterANewEpoch() {
        near.invalidateTags(0, List.of("red"), 10);
        assertThat(overtaken.laterThanBase(tagged("red"), "k", 0)).isNull();
        near.invalidateTags(0, List.of("red"), 12);
        near.beginEpoch(0);
        assertThat(overtaken.laterThanBase(tagged("red"), "k", 0)).isEqualTo(new Version(12, 0));
        assertThat(overtaken.laterThanBase(tagged("green"), "k", 0)).isNull();
        assertThat(overtaken.laterThanBase(content(BASE, true), "k", 0)).isNull();
    }

    /** The work of others may have left another base since it was put. */
    @Test
    void laterThanBase_invalidationOfATag_isComparedWithWhenTheRowWasPut() {
        near.invalidateTags(0, List.of("red"), 12);
        Version left = new Version(15, 0);
        assertThat(overtaken.laterThanBase(tagged("red").over(left), "k", 0)).isEqualTo(new Version(15, 0));
        assertThat(overtaken.laterThanBase(tagged("green").over(left), "k", 0)).isNull();
    }

    @Test
    void withoutNearTier_nothingIsKnown() {
        Overtaken<String> blind = new Overtaken<>(null, new TextKeys(), key -> 0);
        blind.by("k", found());
        assertThat(blind.laterThanBase(content(BASE, true), "k", 0)).isNull();
    }
}
