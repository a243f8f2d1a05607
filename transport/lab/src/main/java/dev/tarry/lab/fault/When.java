package dev.tarry.lab.fault;

/// For how long a fault goes on.
public sealed interface When {
    /// Whether a fault that has fired so often fires again.
    boolean again(long fired);

    /// Until it is removed.
    record Always() implements When {
        @Override
        public boolean again(long fired) {
            return true;
        }
    }

    /// The first `times` times it would fire, then never more.
    record First(long times) implements When {
        public First {
            if (times < 1) {
                throw new BadFault("first", "is " + times, "a whole number from 1 is needed, or leave it out");
            }
        }

        @Override
        public boolean again(long fired) {
            return fired < times;
        }
    }
}
