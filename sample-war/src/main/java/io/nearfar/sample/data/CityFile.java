package io.nearfar.sample.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The compressed data file, a class path resource. */
final class CityFile {
    private static final int BUFFER = 1 << 16;

    private final String resource;

    CityFile(String resource) {
        this.resource = resource;
    }

    /**
     * All lines of the file, in its order.
     *
     * @throws IOException if there is no such resource or it cannot be read
     */
    List<CityRow> rows() throws IOException {
        try (var lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(open(), BUFFER), StandardCharsets.UTF_8), BUFFER)) {
            return lines.lines().map(CityRow::parse).toList();
        }
    }

    private InputStream open() throws IOException {
        InputStream stream = CityFile.class.getClassLoader().getResourceAsStream(resource);
        if (stream == null) {
            throw new IOException("no city data on the class path at \"" + resource
                    + "\": set gazetteer.cities to a resource of the application");
        }
        return stream;
    }
}
