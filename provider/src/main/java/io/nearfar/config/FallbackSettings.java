package io.nearfar.config;

import org.jspecify.annotations.Nullable;

/**
 * The database that takes the far tier's place in an outage.
 *
 * @param source a JNDI name, a URL that begins with {@code jdbc:}, or {@link #OBJECT}
 * @param table the name of the table, perhaps with its schema
 * @param entries how many rows the table has at most, or about so
 * @param user who connects to a URL, or null
 * @param password with which password, or null; never printed
 */
public record FallbackSettings(
        String source,
        String table,
        long entries,
        @Nullable String user,
        @Nullable String password) {
    /** The key under which the properties of a manager may hold a DataSource itself. */
    public static final String KEY = Setting.PREFIX + ManagerTable.FALLBACK_DATASOURCE.name();

    /** The source of a manager whose properties hold a DataSource itself. */
    public static final String OBJECT = "a DataSource of the manager's properties";

    /** How many rows the table has at most, if nothing else is set. */
    static final long DEFAULT_ENTRIES = 100_000;

    /** How every JDBC URL begins. */
    static final String URL = "jdbc:";

    /** Creates those of a table with the default limit. */
    public FallbackSettings(String source, String table, @Nullable String user, @Nullable String password) {
        this(source, table, DEFAULT_ENTRIES, user, password);
    }

    /** Tells whether the source is a URL. */
    public boolean isUrl() {
        return source.startsWith(URL);
    }

    /** Returns the source as it may be shown: of a URL only what kind of database it names. */
    public String shown() {
        return Shown.dataSource(source);
    }

    /** Returns nothing that is secret. */
    @Override
    public String toString() {
        return "FallbackSettings[" + shown() + ", table " + table + "]";
    }
}
