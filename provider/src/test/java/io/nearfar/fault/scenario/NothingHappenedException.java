package io.nearfar.fault.scenario;

/** What a run is about did not happen in it. */
final class NothingHappenedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NothingHappenedException(String what) {
        super(what);
    }
}
