package io.nearfar.cdi.matrix.web;

import java.io.IOException;

/**
 * One cell of the matrix of what an annotation does over HTTP.
 *
 * @param member the annotation's name and its member, as {@code CachedResponse.tags}
 * @param place where it stands, or what stands there
 * @param check tells whether it does what it should
 */
public record WebCell(String member, String place, Check check) {
    /** Tells whether a cell is as it should be. */
    public interface Check {
        /** Asks the application at a place. */
        boolean holds(Site site) throws IOException, InterruptedException;
    }

    /** Returns the name of the cell by the kind of its place alone, as in the matrix. */
    public String inTheMatrix() {
        return "@" + member + " " + place.replaceFirst(",.*", "");
    }

    @Override
    public String toString() {
        return "@" + member + " " + place;
    }
}
