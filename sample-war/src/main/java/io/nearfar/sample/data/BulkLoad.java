package io.nearfar.sample.data;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes the tables and fills them from the data file; what was in them before is gone. */
final class BulkLoad {
    private final Connection connection;

    /** The connection stays the caller's to close. */
    BulkLoad(Connection connection) {
        this.connection = connection;
    }

    /**
     * Loads the cities, all or none.
     *
     * @return how many there are
     */
    int run(CityFile file) throws IOException, SQLException {
        List<CityRow> rows = file.rows();
        new SqlScript("data/schema.sql").run(connection);
        connection.setAutoCommit(false);
        try {
            insert(rows);
            connection.commit();
        } catch (IOException | SQLException | RuntimeException failure) {
            connection.rollback();
            throw failure;
        }
        connection.setAutoCommit(true);
        new SqlScript("data/indexes.sql").run(connection);
        return rows.size();
    }

    private void insert(List<CityRow> rows) throws IOException, SQLException {
        insertCountries(rows);
        insertRegions(rows);
        insertCities(rows);
        new SqlScript("data/people.sql").run(connection);
    }

    private void insertCountries(List<CityRow> rows) throws SQLException {
        try (Batch batch = new Batch(connection, "INSERT INTO country (code, name) VALUES (?, ?)")) {
            for (String code : rows.stream().map(CityRow::country).distinct().toList()) {
                batch.add(code, countryName(code));
            }
        }
    }

    private static String countryName(String code) {
        return new Locale.Builder().setRegion(code).build().getDisplayCountry(Locale.ENGLISH);
    }

    private void insertRegions(List<CityRow> rows) throws SQLException {
        Map<String, CityRow> regions = new LinkedHashMap<>();
        rows.forEach(row -> regions.putIfAbsent(row.region(), row));
        regions.remove("");
        try (Batch batch = new Batch(connection, "INSERT INTO region (code, country, name) VALUES (?, ?, ?)")) {
            for (CityRow row : regions.values()) {
                batch.add(row.region(), row.country(), row.regionName());
            }
        }
    }

    private void insertCities(List<CityRow> rows) throws SQLException {
        String sql = "INSERT INTO city (id, name, search_name, country, region, population, latitude, longitude,"
                + " feature) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
        try (Batch batch = new Batch(connection, sql)) {
            for (CityRow row : rows) {
                batch.add(
                        row.id(),
                        row.name(),
                        row.ascii().toLowerCase(Locale.ROOT),
                        row.country(),
                        row.region().isEmpty() ? null : row.region(),
                        row.population(),
                        row.latitude(),
                        row.longitude(),
                        row.feature());
            }
        }
    }
}
