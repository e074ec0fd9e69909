package io.nearfar.sample.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;

/** A file of SQL statements, each ended by a semicolon at the end of a line. */
final class SqlScript {
    private static final Pattern END = Pattern.compile(";\\R");

    private final String resource;

    SqlScript(String resource) {
        this.resource = resource;
    }

    /**
     * Runs the statements one after the other.
     *
     * @throws IOException if the resource is missing or cannot be read
     * @throws SQLException if the database refuses one; those before it are done
     */
    void run(Connection connection) throws IOException, SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : END.splitAsStream(text()).toList()) {
                statement.execute(sql);
            }
        }
    }

    private String text() throws IOException {
        try (InputStream stream = SqlScript.class.getClassLoader().getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IOException("no SQL script on the class path at \"" + resource + "\"");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
