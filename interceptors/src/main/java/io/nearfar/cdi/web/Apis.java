package io.nearfar.cdi.web;

/** Tells which interfaces of Jakarta EE the server has. */
final class Apis {
    private Apis() {}

    /** Tells whether a class of that name is there; not yet whether it works. */
    static boolean has(String name) {
        try {
            Class.forName(name, false, Apis.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
