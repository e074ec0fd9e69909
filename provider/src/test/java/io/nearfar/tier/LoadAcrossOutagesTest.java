package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A load that began in one outage and ends in the next: what was put in between is newer. */
@Timeout(120)
class LoadAcrossOutagesTest extends FallbackNodes {
    private Node start(boolean fallback) {
        return node(setup(redis.host()), fallback ? table() : null);
    }

    /** Loads in two outages; in between the server answers, and somebody puts. */
    private void load(Node here, Node putting) throws Exception {
        freeze();
        here.loads().getOrLoad("k", slow(here, putting), replaced -> Node.eternal());
    }

    private Callable<io.nearfar.entry.Value<String>> slow(Node here, Node putting) {
        return () -> {
            redis.thaw();
            here.getFar("none");
            putting.putFar("k", "put");
            freeze();
            return here.values.keep("loaded");
        };
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void putOfThisNodeInBetween_isNotHidden(boolean fallback) throws Exception {
        Node here = start(fallback);
        load(here, here);
        assertThat(here.get("k")).isIn("put", null);
        assertThat(here.dirty().leases().size()).isZero();
        redis.thaw();
        here.getFar("none");
        soon().until(() -> here.dirty().isEmpty());
        assertThat(here.getFar("k")).isEqualTo("put");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void putOfAnotherNodeInBetween_isNotHidden(boolean fallback) throws Exception {
        Node here = start(fallback);
        Node there = start(fallback);
        load(here, there);
        assertThat(here.get("k")).isIn("put", null);
        assertThat(there.get("k")).isIn("put", null);
        redis.thaw();
        here.getFar("none");
        soon().until(() -> here.dirty().isEmpty());
        assertThat(here.getFar("k")).isEqualTo("put");
    }
}
