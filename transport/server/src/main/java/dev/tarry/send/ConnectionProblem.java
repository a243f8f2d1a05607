package dev.tarry.send;

import dev.tarry.mail.Reply;
import dev.tarry.tls.CertificateFlaw;
import java.util.Optional;

/// What can go wrong between us and a host, other than an honest answer about a message.
sealed interface ConnectionProblem {
    /// Nobody answered the dial in time.
    record ConnectTimedOut() implements ConnectionProblem {}

    record ConnectRefused() implements ConnectionProblem {}

    /// The dial failed in another way: no route, or not allowed.
    record ConnectFailed(String detail) implements ConnectionProblem {}

    /// The connection is gone, in whichever way.
    record Lost() implements ConnectionProblem {}

    /// The host said nothing, or took no octet, for too long.
    record Silent() implements ConnectionProblem {}

    /// The host refused to go on as a whole: a 4xx or 5xx greeting, a 421 anywhere.
    record RemoteError(Reply reply) implements ConnectionProblem {}

    /// What the host said does not fit what was asked.
    record OutOfStep(String detail) implements ConnectionProblem {}

    /// TLS is required, and the host does not offer it.
    record TlsNotOffered() implements ConnectionProblem {}

    /// TLS is required, and the host does not begin it.
    record TlsRefused(Reply reply) implements ConnectionProblem {}

    /// TLS was begun and came to nothing.
    record TlsFailed(String detail) implements ConnectionProblem {}

    /// The host's certificate is not good enough.
    record CertificateRejected(CertificateFlaw flaw, String detail) implements ConnectionProblem {}

    /// TLS stood, and is no TLS any more.
    record TlsBroken(String detail) implements ConnectionProblem {}

    /// We cannot log in with what the host offers.
    record LoginImpossible(String detail) implements ConnectionProblem {}

    /// The host does not let us in.
    record LoginRefused(Reply reply) implements ConnectionProblem {}

    /// The log-in that Exchange servers have among themselves, which needs a directory.
    record ExchangeLoginImpossible() implements ConnectionProblem {}

    /// We could not go on: the message could not be read, or a mistake of ours.
    record Ours(String detail) implements ConnectionProblem {}

    /// Whether it would have befallen whatever was to be sent, by whichever connector: if so the next host is likely to
    /// be better for all.
    default boolean unreachable() {
        return switch (this) {
            case ConnectTimedOut _, ConnectRefused _, ConnectFailed _, Lost _, Silent _, RemoteError _, OutOfStep _ ->
                true;
            case TlsNotOffered _,
                    TlsRefused _,
                    TlsFailed _,
                    CertificateRejected _,
                    TlsBroken _,
                    LoginImpossible _,
                    LoginRefused _,
                    ExchangeLoginImpossible _,
                    Ours _ -> false;
        };
    }

    /// What the protocol log says of it, where the lines do not show it by themselves.
    default Optional<String> ownWords() {
        return switch (this) {
            case ConnectTimedOut _ -> Optional.of(dialFailed("10060"));
            case ConnectRefused _ -> Optional.of(dialFailed("10061"));
            case ConnectFailed(var detail) -> Optional.of("Failed to connect. " + detail);
            case Silent _ -> Optional.of("Connection dropped due to TimedOut");
            case OutOfStep(var detail) -> Optional.of(detail);
            case Ours(var detail) -> Optional.of(detail);
            case TlsNotOffered _ -> Optional.of("STARTTLS is required, and not offered");
            case TlsBroken(var detail) -> Optional.of(detail);
            case LoginImpossible(var detail) -> Optional.of(detail);
            case ExchangeLoginImpossible _ -> Optional.of("Cannot achieve Exchange Server authentication");
            // these have lines of their own
            case Lost _, RemoteError _, TlsRefused _, TlsFailed _, CertificateRejected _, LoginRefused _ ->
                Optional.empty();
        };
    }

    private static String dialFailed(String winsock) {
        return "Failed to connect. Winsock error code: " + winsock + ", Win32 error code: " + winsock;
    }
}
