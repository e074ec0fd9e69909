package io.nearfar.far;

import io.nearfar.FarRefusalException;
import io.nearfar.FarTierUnavailableException;
import io.nearfar.entry.Attributes;
import io.nearfar.entry.Entry;
import io.nearfar.entry.Envelope;
import io.nearfar.entry.Lease;
import io.nearfar.entry.RefreshLeases;
import io.nearfar.entry.UnansweredLeaseException;
import io.nearfar.entry.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The right to load a missing entry: a placeholder in the entry's own key. */
final class Loads<V> {
    private static final long GRANTED = 1;
    private static final long HELD = 0;
    private static final long ABSENT = 3;
    private static final long RESTING = 4;

    /** Which part of a reply is an entry that was met after its end. */
    private static final int ENDED = 3;

    private final Calls calls;
    private final EntryReader<V> reader;
    private final Withheld withheld;
    private final Telling telling;
    private final Endings<?, V> endings;

    Loads(Calls calls, EntryReader<V> reader, Withheld withheld, Telling telling, Endings<?, V> endings) {
        this.telling = telling;
        this.endings = endings;
        this.calls = calls;
        this.reader = reader;
        this.withheld = withheld;
    }

    Lease<V> lease(Spot spot, long millis) {
        byte[] unreadable = {};
        int missed = 0;
        while (true) {
            Arguments arguments = asking(spot, millis, unreadable)
                    .add(missed < Withheld.ATTEMPTS ? Withheld.NOTHING : Withheld.ANY_LENGTH);
            List<Object> reply = asked(spot, arguments);
            long status = Numbers.of(reply, 0);
            if (status == GRANTED) {
                return granted(spot, new Version(Numbers.of(reply, 1), arguments.nonce()), reply);
            }
            if (status == HELD) {
                return new Lease.Held<>(Numbers.version((byte[]) reply.get(2)), Numbers.of(reply, 1));
            }
            byte[] told = (byte[]) reply.get(1);
            if (status == ABSENT) {
                return new Lease.Absent<>(Numbers.version(told), Numbers.of(reply, 2));
            }
            boolean rests = status == RESTING;
            Version version = rests ? Numbers.version((byte[]) reply.get(2)) : versionOf(told);
            byte[] found = Withheld.isVersion(told) ? withheld.readKept(spot, version) : told;
            if (found == null) {
                missed++; // it has changed meanwhile
                continue;
            }
            Entry<V> entry = reader.entry(reader.envelope(found), spot.key().text());
            if (entry != null) {
                return rests
                        ? new Lease.Resting<>(entry, version, Numbers.of(reply, 3))
                        : new Lease.Found<>(entry, Numbers.of(reply, 2));
            }
            unreadable = Spot.bytes(version); // counts as missing: ask again over it
        }
    }

    private Lease<V> granted(Spot spot, Version version, List<Object> reply) {
        byte[] kept = reply.size() > 2 ? (byte[]) reply.get(2) : null;
        return new Lease.Granted<>(
                version, kept == null ? null : kept(spot, version, kept), () -> endings.told(spot.key(), reply, ENDED));
    }

    private List<Object> asked(Spot spot, Arguments arguments) {
        try {
            return calls.run(Script.LEASE, spot.partition(), arguments);
        } catch (FarRefusalException e) {
            throw e; // it has answered, and granted nothing
        } catch (FarTierUnavailableException e) {
            throw new UnansweredLeaseException(e, arguments.nonce());
        }
    }

    private static Version versionOf(byte[] told) {
        return Withheld.isVersion(told) ? Numbers.version(told) : Envelope.version(told);
    }

    /** Who may load goes on without what is kept if that cannot be read: nobody else may, until this one is done. */
    private @Nullable Entry<V> kept(Spot spot, Version granted, byte[] told) {
        try {
            byte[] kept = Withheld.isVersion(told) ? withheld.readKept(spot, granted) : told;
            return kept == null
                    ? null
                    : reader.entry(reader.envelope(kept), spot.key().text());
        } catch (FarTierUnavailableException e) {
            return null;
        }
    }

    private Arguments asking(Spot spot, long millis, byte[] unreadable) {
        return new Arguments()
                .audience(telling.word())
                .key(spot.entry())
                .key(spot.meta())
                .key(spot.chain())
                .key(spot.tags())
                .add(spot.channel())
                .add(spot.names().wire())
                .add(spot.wire())
                .add(millis)
                .add(Envelope.placeholderHead())
                .add(Envelope.placeholderTail())
                .add(unreadable);
    }

    boolean renew(Spot spot, Version granted, long millis) {
        return own(Script.RENEW, spot, of(spot, granted).add(millis));
    }

    boolean releaseFailed(Spot spot, Version granted, long restMillis) {
        return own(Script.FAIL, spot, of(spot, granted).add(restMillis));
    }

    @Nullable
    Entry<V> kept(Spot spot) {
        byte[] kept = null;
        long ended = 0;
        for (int missed = 0; kept == null; missed++) {
            List<Object> reply = calls.run(Script.KEPT, spot.partition(), keptArguments(spot, missed));
            if (Numbers.of(reply, 0) != GRANTED) {
                return null;
            }
            byte[] told = (byte[]) reply.get(1);
            kept = Withheld.isVersion(told) ? withheld.readKept(spot, Numbers.version(told)) : told;
            ended = Numbers.of(reply, 2);
        }
        Entry<V> entry = reader.entry(reader.envelope(kept), spot.key().text());
        return entry == null ? null : entry.expiring(ended);
    }

    private static Arguments keptArguments(Spot spot, int missed) {
        return new Arguments()
                .key(spot.entry())
                .key(spot.meta())
                .key(spot.tags())
                .add(missed < Withheld.ATTEMPTS ? Withheld.NOTHING : Withheld.ANY_LENGTH);
    }

    boolean release(Spot spot, Version granted) {
        return own(Script.RELEASE, spot, of(spot, granted));
    }

    long leaseRefresh(Spot spot, Version seen, long token, long millis) {
        Arguments arguments = new Arguments()
                .key(spot.entry())
                .key(spot.meta())
                .key(spot.chain())
                .key(spot.tags())
                .key(spot.refresh())
                .add(Spot.bytes(seen))
                .add(Numbers.bytes(token))
                .add(millis);
        List<Object> reply = calls.run(Script.REFRESH, spot.partition(), arguments);
        return Numbers.of(reply, 0) == GRANTED ? Numbers.of(reply, 1) : RefreshLeases.REFUSED;
    }

    boolean rememberAbsence(Spot spot, Version granted, long millis, List<String> tags) {
        Attributes attributes = Attributes.of(tags, Attributes.AS_CONFIGURED);
        return own(
                Script.ABSENT,
                spot,
                of(spot, granted)
                        .add(millis)
                        .add(Envelope.absenceHead(attributes))
                        .add(Envelope.absenceTail(attributes)));
    }

    private static Arguments of(Spot spot, Version granted) {
        return new Arguments()
                .key(spot.entry())
                .key(spot.meta())
                .key(spot.tags())
                .add(Spot.bytes(granted));
    }

    private boolean own(Script script, Spot spot, Arguments arguments) {
        return Numbers.of(calls.run(script, spot.partition(), arguments), 0) == GRANTED;
    }
}
