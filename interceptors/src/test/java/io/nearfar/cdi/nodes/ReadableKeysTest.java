package io.nearfar.cdi.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.cdi.NearfarExtension;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Singleton;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.cache.annotation.CacheResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a person sees of generated keys who looks into Redis. */
@Timeout(120)
class ReadableKeysTest {
    @Singleton
    public static class Forecasts {
        @CacheResult(cacheName = "forecasts")
        public String forecast(int city, String period) {
            return "sun";
        }
    }

    @Test
    void generatedKey_inRedis_showsTheArguments() throws Exception {
        try (LocalRedis server = LocalRedis.start()) {
            System.setProperty("nearfar.address", server.address());
            System.setProperty("nearfar.prefix", "keys-" + UUID.randomUUID());
            System.setProperty("nearfar.deadline", "9s");
            try (SeContainer container = container()) {
                container.select(Forecasts.class).get().forecast(42, "30d");

                assertThat(keys(server)).anyMatch(key -> key.contains("forecasts") && key.endsWith(":42:30d"));
            }
        } finally {
            List.of("nearfar.address", "nearfar.prefix", "nearfar.deadline").forEach(System::clearProperty);
        }
    }

    private static SeContainer container() {
        return SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(new NearfarExtension())
                .addBeanClasses(Forecasts.class)
                .initialize();
    }

    /** Asks the server in its own protocol: a count, then a length and a line for each key. */
    private static List<String> keys(LocalRedis server) throws IOException {
        List<String> keys = new ArrayList<>();
        try (Socket socket =
                        new Socket("127.0.0.1", URI.create(server.address()).getPort());
                BufferedReader reply =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            socket.getOutputStream().write("KEYS *\r\n".getBytes(StandardCharsets.UTF_8));
            int count = Integer.parseInt(reply.readLine().substring(1));
            for (int i = 0; i < count; i++) {
                reply.readLine();
                keys.add(reply.readLine());
            }
        }
        return keys;
    }
}
