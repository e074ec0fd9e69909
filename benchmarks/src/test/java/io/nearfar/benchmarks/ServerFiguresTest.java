package io.nearfar.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.benchmarks.peer.ServerFigures;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.redisson.Redisson;
import org.redisson.api.RScript;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.LongCodec;
import org.redisson.config.Config;

/** What a server is asked for its figures, on a real one. */
class ServerFiguresTest {
    private static final String FILL = "for i = 1, 100000 do redis.call('SET', ARGV[1] .. i, i) end return 1";

    private static void fill(String address) {
        Config config = new Config();
        config.useSingleServer().setAddress(address);
        RedissonClient client = Redisson.create(config);
        try {
            for (int i = 0; i < 10; i++) {
                client.getScript(LongCodec.INSTANCE)
                        .eval(RScript.Mode.READ_WRITE, FILL, RScript.ReturnType.LONG, List.of(), i + "of");
            }
        } finally {
            client.shutdown();
        }
    }

    /** What is measured next must not find its memory still being freed. */
    @Test
    void flush_returnsWhenAllIsFree() throws IOException {
        try (RedisProcess redis = RedisProcess.start();
                ServerFigures figures = ServerFigures.of(redis.address())) {
            long before = figures.memory();
            fill(redis.address());
            long full = figures.memory() - before;

            figures.flush();

            assertThat(full).isGreaterThan(40_000_000);
            assertThat(figures.memory() - before).isLessThan(full / 20);
        }
    }
}
