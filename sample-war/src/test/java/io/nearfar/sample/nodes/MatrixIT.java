package io.nearfar.sample.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.cdi.matrix.Matrix;
import io.nearfar.cdi.matrix.web.Site;
import io.nearfar.cdi.matrix.web.WebCell;
import io.nearfar.cdi.matrix.web.WebMatrix;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every member of every annotation does on Payara Micro what it does in Weld SE: the same cells, seen within the server and over HTTP. */
class MatrixIT {
    private static final Duration LONG = Duration.ofMinutes(5);

    private static MatrixServer server;
    private static Map<String, String> seen;
    private static Site site;

    @BeforeAll
    static void start() throws Exception {
        server = MatrixServer.start();
        HttpResponse<String> cells = server.get("cdi/cells", LONG);
        assertThat(cells.statusCode()).as(cells.body()).isEqualTo(200);
        seen = cells.body()
                .lines()
                .map(line -> line.split("\t", 2))
                .collect(Collectors.toMap(line -> line[0], line -> line[1]));
        site = new Site(server.address() + "web/");
        site.awaitServer();
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    static List<String> cells() {
        return Matrix.names();
    }

    static List<WebCell> webCells() {
        return WebMatrix.cells();
    }

    @ParameterizedTest
    @MethodSource("cells")
    void member_doesWhatItShould(String cell) {
        assertThat(seen).containsEntry(cell, Matrix.GOOD);
    }

    @ParameterizedTest
    @MethodSource("webCells")
    void memberOverHttp_doesWhatItShould(WebCell cell) throws Exception {
        assertThat(cell.check().holds(site)).isTrue();
    }

    /** None that was looked at is missing here. */
    @Test
    void server_hasTheSameCells() {
        assertThat(seen.keySet()).hasSameElementsAs(Matrix.names());
    }
}
