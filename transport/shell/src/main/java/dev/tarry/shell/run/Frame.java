package dev.tarry.shell.run;

/// What surrounds a running statement.
///
/// @param guarded whether a `try` stands around it, so that an error leaves and is not reported
record Frame(Scope scope, Streams streams, boolean guarded) {
    Frame in(Scope other) {
        return new Frame(other, streams, guarded);
    }

    Frame with(Streams other) {
        return new Frame(scope, other, guarded);
    }

    Frame guarded(boolean inTry) {
        return new Frame(scope, streams, inTry);
    }
}
