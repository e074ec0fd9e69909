package io.nearfar.cdi.matrix;

import java.lang.annotation.Annotation;

/**
 * One cell of the matrix: what a member of an annotation does at one kind of place.
 *
 * @param annotation the annotation
 * @param member its member, or empty for the annotation as such
 * @param place where it stands
 * @param check tells whether it does what it should
 */
record Cell(Class<? extends Annotation> annotation, String member, Place place, Check check) {
    /** Where an annotation stands, or what stands there. */
    enum Place {
        METHOD,
        CLASS,
        REPEATED,
        INHERITED,
        OVERRIDDEN,
        INTERFACE,
        GENERIC,
        ASYNCHRONOUS,
        POINT
    }

    /** Tells whether a cell is as it should be. */
    interface Check {
        boolean holds(Beans beans) throws Exception;
    }

    /** Returns the name of a member, after that of its annotation. */
    static String name(Class<? extends Annotation> annotation, String member) {
        String name = annotation.getName();
        return name.substring(name.lastIndexOf('.') + 1).replace('$', '.') + (member.isEmpty() ? "" : "." + member);
    }

    @Override
    public String toString() {
        return "@" + name(annotation, member) + " " + place;
    }
}
