package io.nearfar.cdi.matrix;

import io.nearfar.LimitMode;
import io.nearfar.LimitOutage;
import io.nearfar.cdi.annotation.LimitKey;
import io.nearfar.cdi.annotation.RateLimited;
import io.nearfar.cdi.matrix.LimitCells.ByCall;
import io.nearfar.cdi.matrix.LimitCells.Three;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * {@code @RateLimited} at methods: one for each member. What is counted is counted for each id.
 *
 * @param <K> what an id is
 * @param <R> a text, or a stage of one
 */
public interface Limits<K, R> extends Counted {
    List<Shape<Limits<String, ?>>> SHAPES =
            Shape.and(Shape.all(Limits.class, Own.class, Heir.class, Open.class, Later.class), Repeated.class);

    List<Class<?>> BEANS = List.of(Own.class, Heir.class, Open.class, Later.class, Repeated.class);

    R named(K id);

    R namedToo(K id);

    R two(K id);

    R brief(K id);

    R keyed(K id, String other);

    R keyResolved(K id);

    R tiers(K id);

    R exempting(K id);

    R answering(K id, int kind);

    R hot(K id);

    R open(K id);

    R closed(K id);

    R local(K id);

    R shadow(K id);

    R instead(K id, int kind);

    @Singleton
    class Own extends Answers.AtOnce implements Limits<String, String> {
        @RateLimited(name = "mx-name", limit = 1, window = "1h", key = LimitKey.ARGUMENT, keyName = "0")
        @Override
        public String named(String id) {
            return made(id, 0);
        }

        @RateLimited(name = "mx-name", limit = 1, window = "1h", key = LimitKey.ARGUMENT, keyName = "0")
        @Override
        public String namedToo(String id) {
            return made(id, 0);
        }

        @RateLimited(limit = 2, window = "1h", key = LimitKey.ARGUMENT, keyName = "0")
        @Override
        public String two(String id) {
            return made(id, 0);
        }

        @RateLimited(limit = 1, window = "1ms", key = LimitKey.ARGUMENT, keyName = "0")
        @Override
        public String brief(String id) {
            return made(id, 0);
        }

        @RateLimited(limit = 1, window = "1h", key = LimitKey.ARGUMENT, keyName = "other")
        @Override
        public String keyed(String id, String other) {
            return made(id, 0);
        }

        @RateLimited(limit = 1, window = "1h", keyResolver = ByCall.class)
        @Override
        public String keyResolved(String id) {
            return made(id, 0);
        }

        @RateLimited(limit = 1, window = "1h", key = LimitKey.ARGUMENT, keyName = "0", tiers = Three.class)
        @Override
        public String tiers(String id) {
            return made(id, 0);
        }

        @RateLimited(limit = 1, window = "1h", key = LimitKey.ARGUMENT, keyName = "0", exemptRoles = "mx-admin")
        @Override
        public String exempting(String id) {
            return made(id, 0);
        }

        @RateLimited(limit = 1, window = "1h", key = LimitKey.ARGUMENT, keyName = "0", fallbackMethod = "instead")
        @Override
        public String answering(String id, int kind) {
            return made(id, kind);
        }

        @RateLimited(
                name = "mx-hot",
                limit = 10_000,
                window = "1m",
                key = LimitKey.ARGUMENT,
                keyName = "0",
                mode = LimitMode.LEASED)
        @Override
        public String hot(String id) {
            return made(id, 0);
        }

        @RateLimited(
                name = "mx-open",
                limit = 1,
                window = "1h",
                key = LimitKey.ARGUMENT,
                keyName = "0",
                outage = LimitOutage.OPEN)
        @Override
        public String open(String id) {
            return made(id, 0);
        }

        @RateLimited(
                name = "mx-closed",
                limit = 1,
                window = "1h",
                key = LimitKey.ARGUMENT,
                keyName = "0",
                outage = LimitOutage.CLOSED)
        @Override
        public String closed(String id) {
            return made(id, 0);
        }

        @RateLimited(
                name = "mx-local",
                limit = 1,
                window = "1h",
                key = LimitKey.ARGUMENT,
                keyName = "0",
                outage = LimitOutage.LOCAL)
        @Override
        public String local(String id) {
            return made(id, 0);
        }

        @RateLimited(
                name = "mx-shadow",
                limit = 1,
                window = "1h",
                key = LimitKey.ARGUMENT,
                keyName = "0",
                shadow = true)
        @Override
        public String shadow(String id) {
            return made(id, 0);
        }

        @Override
        public String instead(String id, int kind) {
            return made("instead of " + id, kind);
        }
    }

    @Singleton
    @Typed(Heir.class)
    class Heir extends Own {}

    /** What a generic interface hands down. */
    interface Bequest<K, R> extends Limits<K, R> {
        R made(String id, int kind);

        @RateLimited(name = "mx-name", limit = 1, window = "1h", key = LimitKey.ARGUMENT, keyName = "0")
        @Override
        default R named(K id) {
            return made(String.valueOf(id), 0);
        }

        @RateLimited(name = "mx-name", limit = 1, window = "1h", key = LimitKey.ARGUMENT, keyName = "0")
        @Override
        default R namedToo(K id) {
            return made(String.valueOf(id), 0);
        }

        @RateLimited(limit = 2, window = "1h", key = LimitKey.ARGUMENT, keyName = "0")
        @Override
        default R two(K id) {
            return made(String.valueOf(id), 0);
        }

        @RateLimited(limit = 1, window = "1ms", key = LimitKey.ARGUMENT, keyName = "0")
        @Override
        default R brief(K id) {
            return made(String.valueOf(id), 0);
        }

        @RateLimited(limit = 1, window = "1h", key = LimitKey.ARGUMENT, keyName = "other")
        @Override
        default R keyed(K id, String other) {
            return made(String.valueOf(id), 0);
        }

        @RateLimited(limit = 1, window = "1h", keyResolver = ByCall.class)
        @Override
        default R keyResolved(K id) {
            return made(String.valueOf(id), 0);
        }

        @RateLimited(limit = 1, window = "1h", key = LimitKey.ARGUMENT, keyName = "0", tiers = Three.class)
        @Override
        default R tiers(K id) {
            return made(String.valueOf(id), 0);
        }

        @RateLimited(limit = 1, window = "1h", key = LimitKey.ARGUMENT, keyName = "0", exemptRoles = "mx-admin")
        @Override
        default R exempting(K id) {
            return made(String.valueOf(id), 0);
        }

        @RateLimited(limit = 1, window = "1h", key = LimitKey.ARGUMENT, keyName = "0", fallbackMethod = "instead")
        @Override
        default R answering(K id, int kind) {
            return made(String.valueOf(id), kind);
        }

        @RateLimited(
                name = "mx-hot",
                limit = 10_000,
                window = "1m",
                key = LimitKey.ARGUMENT,
                keyName = "0",
                mode = LimitMode.LEASED)
        @Override
        default R hot(K id) {
            return made(String.valueOf(id), 0);
        }

        @RateLimited(
                name = "mx-open",
                limit = 1,
                window = "1h",
                key = LimitKey.ARGUMENT,
                keyName = "0",
                outage = LimitOutage.OPEN)
        @Override
        default R open(K id) {
            return made(String.valueOf(id), 0);
        }

        @RateLimited(
                name = "mx-closed",
                limit = 1,
                window = "1h",
                key = LimitKey.ARGUMENT,
                keyName = "0",
                outage = LimitOutage.CLOSED)
        @Override
        default R closed(K id) {
            return made(String.valueOf(id), 0);
        }

        @RateLimited(
                name = "mx-local",
                limit = 1,
                window = "1h",
                key = LimitKey.ARGUMENT,
                keyName = "0",
                outage = LimitOutage.LOCAL)
        @Override
        default R local(K id) {
            return made(String.valueOf(id), 0);
        }

        @RateLimited(
                name = "mx-shadow",
                limit = 1,
                window = "1h",
                key = LimitKey.ARGUMENT,
                keyName = "0",
                shadow = true)
        @Override
        default R shadow(K id) {
            return made(String.valueOf(id), 0);
        }

        @Override
        default R instead(K id, int kind) {
            return made("instead of " + id, kind);
        }
    }

    @Singleton
    class Open extends Answers.AtOnce implements Bequest<String, String> {}

    @Singleton
    class Later extends Answers.Later implements Bequest<String, CompletionStage<String>> {}

    @Singleton
    class Repeated extends Answers.AtOnce implements Limits<String, String> {
        @RateLimited(name = "mx-beside-named", limit = 10_000, window = "1h", key = LimitKey.ARGUMENT, keyName = "0")
        @RateLimited(name = "mx-name", limit = 1, window = "1h", key = LimitKey.ARGUMENT, keyName = "0")
        @Override
        public String named(String id) {
            return made(id, 0);
        }

        @RateLimited(name = "mx-beside-namedToo", limit = 10_000, window = "1h", key = LimitKey.ARGUMENT, keyName = "0")
        @RateLimited(name = "mx-name", limit = 1, window = "1h", key = LimitKey.ARGUMENT, keyName = "0")
        @Override
        public String namedToo(String id) {
            return made(id, 0);
        }

        @RateLimited(name = "mx-beside-two", limit = 10_000, window = "1h", key = LimitKey.ARGUMENT, keyName = "0")
        @RateLimited(limit = 2, window = "1h", key = LimitKey.ARGUMENT, keyName = "0")
        @Override
        public String two(String id) {
            return made(id, 0);
        }

        @RateLimited(name = "mx-beside-brief", limit = 10_000, window = "1h", key = LimitKey.ARGUMENT, keyName = "0")
        @RateLimited(limit = 1, window = "1ms", key = LimitKey.ARGUMENT, keyName = "0")
        @Override
        public String brief(String id) {
            return made(id, 0);
        }

        @RateLimited(name = "mx-beside-keyed", limit = 10_000, window = "1h", key = LimitKey.ARGUMENT, keyName = "0")
        @RateLimited(limit = 1, window = "1h", key = LimitKey.ARGUMENT, keyName = "other")
        @Override
        public String keyed(String id, String other) {
            return made(id, 0);
        }

        @RateLimited(
                name = "mx-beside-keyResolved",
                limit = 10_000,
                window = "1h",
                key = LimitKey.ARGUMENT,
                keyName = "0")
        @RateLimited(limit = 1, window = "1h", keyResolver = ByCall.class)
        @Override
        public String keyResolved(String id) {
            return made(id, 0);
        }

        @RateLimited(name = "mx-beside-tiers", limit = 10_000, window = "1h", key = LimitKey.ARGUMENT, keyName = "0")
        @RateLimited(limit = 1, window = "1h", key = LimitKey.ARGUMENT, keyName = "0", tiers = Three.class)
        @Override
        public String tiers(String id) {
            return made(id, 0);
        }

        @RateLimited(
                name = "mx-beside-exempting",
                limit = 10_000,
                window = "1h",
                key = LimitKey.ARGUMENT,
                keyName = "0")
        @RateLimited(limit = 1, window = "1h", key = LimitKey.ARGUMENT, keyName = "0", exemptRoles = "mx-admin")
        @Override
        public String exempting(String id) {
            return made(id, 0);
        }

        @RateLimited(
                name = "mx-beside-answering",
                limit = 10_000,
                window = "1h",
                key = LimitKey.ARGUMENT,
                keyName = "0")
        @RateLimited(limit = 1, window = "1h", key = LimitKey.ARGUMENT, keyName = "0", fallbackMethod = "instead")
        @Override
        public String answering(String id, int kind) {
            return made(id, kind);
        }

        @RateLimited(
                name = "mx-beside-hot",
                limit = 10_000,
                window = "1h",
                key = LimitKey.ARGUMENT,
                keyName = "0",
                mode = LimitMode.LEASED)
        @RateLimited(
                name = "mx-hot",
                limit = 10_000,
                window = "1m",
                key = LimitKey.ARGUMENT,
                keyName = "0",
                mode = LimitMode.LEASED)
        @Override
        public String hot(String id) {
            return made(id, 0);
        }

        @RateLimited(name = "mx-beside-open", limit = 10_000, window = "1h", key = LimitKey.ARGUMENT, keyName = "0")
        @RateLimited(
                name = "mx-open",
                limit = 1,
                window = "1h",
                key = LimitKey.ARGUMENT,
                keyName = "0",
                outage = LimitOutage.OPEN)
        @Override
        public String open(String id) {
            return made(id, 0);
        }

        @RateLimited(name = "mx-beside-closed", limit = 10_000, window = "1h", key = LimitKey.ARGUMENT, keyName = "0")
        @RateLimited(
                name = "mx-closed",
                limit = 1,
                window = "1h",
                key = LimitKey.ARGUMENT,
                keyName = "0",
                outage = LimitOutage.CLOSED)
        @Override
        public String closed(String id) {
            return made(id, 0);
        }

        @RateLimited(name = "mx-beside-local", limit = 10_000, window = "1h", key = LimitKey.ARGUMENT, keyName = "0")
        @RateLimited(
                name = "mx-local",
                limit = 1,
                window = "1h",
                key = LimitKey.ARGUMENT,
                keyName = "0",
                outage = LimitOutage.LOCAL)
        @Override
        public String local(String id) {
            return made(id, 0);
        }

        @RateLimited(name = "mx-beside-shadow", limit = 10_000, window = "1h", key = LimitKey.ARGUMENT, keyName = "0")
        @RateLimited(
                name = "mx-shadow",
                limit = 1,
                window = "1h",
                key = LimitKey.ARGUMENT,
                keyName = "0",
                shadow = true)
        @Override
        public String shadow(String id) {
            return made(id, 0);
        }

        @Override
        public String instead(String id, int kind) {
            return made("instead of " + id, kind);
        }
    }
}
