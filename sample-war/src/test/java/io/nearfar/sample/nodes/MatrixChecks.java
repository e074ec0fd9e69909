package io.nearfar.sample.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.cdi.matrix.Matrix;
import io.nearfar.cdi.matrix.web.Site;
import io.nearfar.cdi.matrix.web.WebCell;
import io.nearfar.cdi.matrix.web.WebMatrix;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every member of every annotation does on a server what it does in Weld SE: the same cells, seen within the server and over HTTP. */
abstract class MatrixChecks {
    /** What answers when both applications are there. */
    static final List<String> PATHS = List.of("cdi/there", "web/orders/reach");

    private static final Duration LONG = Duration.ofMinutes(15);

    private static Map<String, String> seen;
    private static Site site;

    /** Has the server look at what it can see itself. */
    static void look(String address) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "cdi/cells"))
                .timeout(LONG)
                .build();
        HttpResponse<String> cells = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertThat(cells.statusCode()).as(cells.body()).isEqualTo(200);
        seen = cells.body()
                .lines()
                .map(line -> line.split("\t", 2))
                .collect(Collectors.toMap(line -> line[0], line -> line[1]));
        site = new Site(address + "web/");
        site.awaitServer();
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
