package io.nearfar.fault.scenario;

/** Something bad that is done while nodes work. It ends what it began; some time later all must be well. */
interface Fault {
    /** Returns what is done, in a few words. */
    String what();

    /** Does it, and ends it. */
    void strike(Field field, Trial trial);
}
