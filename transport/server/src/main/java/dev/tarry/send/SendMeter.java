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
        /// TLS is required and cannot be had, or it broke
        TLS,
        /// the certificate is not good enough
        CERTIFICATE,
        /// the log-in failed
        LOGIN,
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
                case ConnectionProblem.TlsNotOffered _,
                        ConnectionProblem.TlsRefused _,
                        ConnectionProblem.TlsFailed _,
                        ConnectionProblem.TlsBroken _ -> TLS;
                case ConnectionProblem.CertificateRejected _ -> CERTIFICATE;
                case ConnectionProblem.LoginImpossible _,
                        ConnectionProblem.LoginRefused _,
                        ConnectionProblem.ExchangeLoginImpossible _ -> LOGIN;
                case ConnectionProblem.Ours _ -> OURS;
            };
        }
    }

    /// What became of TLS with a host, once for each connection that wants it.
    enum Tls {
        SECURED,
        /// the host does not offer it
        NOT_OFFERED,
        /// the host offers it, and did not begin it when asked
        REFUSED,
        /// the handshake came to nothing
        FAILED,
        /// the handshake was ended because of the certificate
        CERTIFICATE,
        /// not begun, because it failed with this host before
        AVOIDED
    }

    default void tls(Tls how) {}

    /// TLS was begun without the certificate that the connector is to show.
    default void certificateMissing() {}

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
