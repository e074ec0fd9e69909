package io.nearfar.fault.window;

/** When requests arrive. Each finds out another way of counting that is wrong. */
enum Pattern {
    /** Many before the end of one of the clock's full windows, and many after it: not too many in either. */
    EDGE {
        @Override
        void run(Attack attack) {
            attack.awaitBeforeEdge(0.15);
            attack.burst();
            attack.awaitBeforeEdge(0);
            attack.burst();
        }
    },
    /** Many at once after nobody came, and then all who find room. */
    AFTER_IDLING {
        @Override
        void run(Attack attack) {
            attack.burst();
            attack.hammer(1);
        }
    },
    /** Many at the end of one of the clock's full windows, as if they had come all through it; and then all who find room. */
    TAIL {
        @Override
        void run(Attack attack) {
            attack.awaitBeforeEdge(0.15);
            attack.burst();
            attack.hammer(1);
        }
    },
    /** As many as can, all the time, by all nodes, whatever their clocks show. */
    HAMMERING {
        @Override
        void run(Attack attack) {
            attack.hammer(2);
        }
    },
    /** The same under two limits each. */
    SEVERAL_LIMITS {
        @Override
        void run(Attack attack) {
            attack.hammerSeveral(2);
        }
    };

    abstract void run(Attack attack);
}
