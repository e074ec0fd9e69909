package io.nearfar.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.NearfarCache;
import io.nearfar.testing.RealRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A password is changed as the runbook says. */
@Timeout(120)
class RotationTest {
    @TempDir
    private Path folder;

    private static Shop node(RealRedis redis, Path password) {
        return new Shop(redis, Shop.PREFIX, "nearfar.user", "shop", "nearfar.password.file", password.toString());
    }

    @ParameterizedTest
    @EnumSource
    void password_changedNodeAfterNode_costsNoCall(RealRedis.Program program) throws IOException {
        Path before = Files.writeString(folder.resolve("before"), "old-word");
        Path after = Files.writeString(folder.resolve("after"), "new-word");
        try (RealRedis redis = program.start()) {
            redis.call("ACL", "SETUSER", "shop", "on", ">old-word", "~*", "&*", "+@all");
            try (Shop first = node(redis, before)) {
                NearfarCache<String, String> cache = first.cache("prices");
                cache.put("a", "1");
                redis.call("ACL", "SETUSER", "shop", ">new-word");
                try (Shop second = node(redis, after)) {
                    NearfarCache<String, String> other = second.cache("prices");
                    assertThat(other.get("a")).isEqualTo("1");
                    assertThat(check(redis, after).exit()).isZero();
                    redis.call("ACL", "SETUSER", "shop", "<old-word");
                    cache.put("a", "2");
                    assertThat(cache.get("a")).isEqualTo("2");
                    assertThat(cache.figures().unavailable()).isZero();
                    other.put("b", "3");
                    assertThat(check(redis, before).exit()).isEqualTo(4);
                    assertThat(check(redis, after).exit()).isZero();
                }
            }
        }
    }

    private static ToolRun check(RealRedis redis, Path password) {
        return ToolRun.of(
                "check",
                redis.address(),
                "--prefix",
                Shop.PREFIX,
                "--set",
                "nearfar.user=shop",
                "--set",
                "nearfar.password.file=" + password);
    }
}
