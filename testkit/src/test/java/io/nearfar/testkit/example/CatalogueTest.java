package io.nearfar.testkit.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nearfar.NearfarCache;
import io.nearfar.testkit.Mode;
import io.nearfar.testkit.NearfarTest;
import io.nearfar.testkit.TestCache;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@NearfarTest(mode = Mode.NEAR)
class CatalogueTest {
    @Test
    void title_isLoadedOnce(@TestCache("titles") NearfarCache<String, String> titles) throws Exception {
        AtomicInteger calls = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            titles.getOrLoad("42", () -> "Title " + calls.incrementAndGet());
        }
        assertEquals("Title 1", titles.get("42"));
    }
}
