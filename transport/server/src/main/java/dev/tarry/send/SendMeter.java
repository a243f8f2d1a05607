package dev.tarry.send;

/// Counts what goes out. Called on io loops, from several threads; implementations are quick and allocate nothing.
public interface SendMeter {
    SendMeter NONE = new SendMeter() {};

    /// What was wrong with a connection, or with the attempt to make one.
    enum Trouble {
        CONNECT_TIMED_OUT,
        CONNECT_REFUSED,
        /// no route, or not allowed
        CONNECT_FAILED,
        LOST,
        /// the host said nothing, or took nothing, for too long
        SILENT,
        /// a 4xx or 5xx greeting, a 421 anywhere
        REMOTE_ERROR,
        /// what the host said does not fit what was asked
        OUT_OF_STEP,
        /// we could not go on
        OURS;

        static Trouble of(ConnectionProblem problem) {
            return switch (problem) {
                case ConnectionProblem.ConnectTimedOut _ -> CONNECT_TIMED_OUT;
                case ConnectionProblem.ConnectRefused _ -> CONNECT_REFUSED;
                case ConnectionProblem.ConnectFailed _ -> CONNECT_FAILED;
                case ConnectionProblem.Lost _ -> LOST;
                case ConnectionProblem.Silent _ -> SILENT;
                case ConnectionProblem.RemoteError _ -> REMOTE_ERROR;
                case ConnectionProblem.OutOfStep _ -> OUT_OF_STEP;
                case ConnectionProblem.Ours _ -> OURS;
            };
        }
    }

    /// A host has greeted and takes mail.
    default void greeted() {}

    /// A dial came to nothing, or the host behind it takes no mail.
    default void unusable(Trouble why) {}

    /// A connection that was good has ended in good order.
    default void parted() {}

    /// A connection that was good broke.
    default void broken(Trouble why) {}

    /// One host more is remembered as one that could not be used.
    default void hostUnhealthy() {}

    /// One less.
    default void hostHealthy() {}

    /// A host took a message.
    ///
    /// @param bytes      as stored
    /// @param recipients for whom it took it, at least 1
    default void sent(long bytes, int recipients) {}
}
