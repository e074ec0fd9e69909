package io.nearfar.entry.copy;

/** How objects of one class are copied. Safe for use by several threads. */
interface Plan {
    /**
     * Returns a copy of {@code source} that shares nothing with it that can change; {@code source} itself if nothing in
     * it can.
     *
     * @throws NotCopyable if this object can be copied by its serialized form alone
     */
    Object copy(Object source, Walk walk);

    /** Tells whether every object of the class can be shared as it is. */
    default boolean isFixed() {
        return false;
    }

    /** Shares the object. */
    Plan FIXED = new Plan() {
        @Override
        public Object copy(Object source, Walk walk) {
            return source;
        }

        @Override
        public boolean isFixed() {
            return true;
        }
    };

    /** Leaves the object to its serialized form. */
    Plan BY_BYTES = (source, walk) -> {
        throw new NotCopyable(source.getClass().getName() + " is copied by its serialized form");
    };
}
