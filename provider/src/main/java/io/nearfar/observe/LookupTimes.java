package io.nearfar.observe;

/** Is told of near look-ups that were timed. */
public interface LookupTimes {
    /** Wants none. */
    LookupTimes NONE = new LookupTimes() {
        @Override
        public boolean wantsEach() {
            return false;
        }

        @Override
        public void timed(long nanos, boolean chosen) {}
    };

    /** Tells whether each is to be timed just now. */
    boolean wantsEach();

    /**
     * One was timed.
     *
     * @param nanos how long it took
     * @param chosen whether it is one that chance has chosen; false if it was timed only because each is
     */
    void timed(long nanos, boolean chosen);
}
