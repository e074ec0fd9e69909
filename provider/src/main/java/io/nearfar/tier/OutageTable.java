package io.nearfar.tier;

import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A table that several nodes see and that holds entries while the far tier does not answer. It orders the changes of one
 * row by its number: each is made only if the row still has the number that its maker has seen. Safe for use by several
 * threads; every method may wait for the database and throws {@link OutageTableException} if that does not do its part,
 * {@link OutageRefusalException} if it does not do this one thing.
 */
public interface OutageTable extends AutoCloseable {
    /** Returns this table, which waits for the database until then and no longer, on the clock of {@link System#nanoTime}. */
    OutageTable until(long nanoTime);

    /** Returns those rows of these identities that are there. */
    List<OutageRow> find(Collection<String> ids);

    /** Adds a row; returns false if there is one of its identity. */
    boolean insert(OutageRow row);

    /** Puts a row in place of the one of its identity; returns false if that no longer has the number. */
    boolean update(OutageRow row, long number);

    /**
     * A row that is to be stored.
     *
     * @param number of the row in whose place it is put, or {@link OutageRow#NONE} if it is to be inserted
     */
    record Writing(OutageRow row, long number) {}

    /**
     * Stores rows, all in a few statements.
     *
     * @return the identities of those that were stored; the others' rows no longer have the number
     * @throws OutageRefusalException if one of them is not taken, be it that it is there already; then none was stored
     */
    Set<String> storeAll(Collection<Writing> writings);

    /** Writes down who settles a row, under the row's new number; returns false if it no longer has the old one. */
    boolean claim(OutageRow row, long number);

    /**
     * Notes a clear, also if the table is full: inserts the row, or updates it if {@code number} is not
     * {@link OutageRow#NONE}.
     *
     * @return false if nothing was done, for the row no longer has the number
     */
    boolean clear(OutageRow row, long number);

    /**
     * Deletes some rows of a scope in these partitions, those that come next in the order of their identities. Those that
     * somebody settles just now stay his, with the next number and without their content: one byte, 0.
     *
     * @return the identity after which to go on, or null if there are no more
     */
    @Nullable
    String forget(String scope, BitSet partitions, String after);

    /** Deletes a row; returns false if it no longer has the number, or is not there. */
    boolean delete(String id, long number);

    /** Returns the next rows of a scope in the order of their identities, at most so many, at least one if there are any. */
    List<OutageRow> page(String scope, String after, int most);

    /**
     * Returns the scopes of which there are rows. Whoever keeps the table asks so from time to time, and the table uses it to
     * count its rows and to delete some that were left behind long ago.
     */
    Set<String> scopes();

    /** Frees connections that this table keeps; waits a second for them at most. */
    @Override
    void close();
}
