package dev.tarry.send;

import dev.tarry.mail.ExchangeProfile;
import dev.tarry.mail.Reply;

/// Exchange's words for what went wrong with a connection (reference §3.3), by profile. All of it is temporary.
/// Immutable; any thread.
public final class ConnectionFailureTable {
    /// A situation's words within the sentence of each generation.
    ///
    /// @param upTo2010 quoted by Exchange 2010
    /// @param in2013   quoted by Exchange 2013, and whether as an error of its own communication (441 4.4.1)
    /// @param from2016 what follows the arrow since Exchange 2016
    private record Row(String upTo2010, String in2013, boolean communication2013, String from2016) {}

    private static final String UNABLE = "421 4.2.1 Unable to connect";
    private static final String FAILOVER = " Attempted failover to alternate host, but that did not succeed."
            + " Either there are no alternate hosts, or delivery failed to all alternate hosts.";
    private static final String LAST_ENDPOINT = " The last endpoint attempted was ";
    private static final String PRIMARY_RESPONDED = "451 4.4.0 Primary target IP address responded with: ";
    private static final String COMMUNICATING_2013 =
            "441 4.4.1 Error encountered while communicating with primary target IP address: ";
    private static final String COMMUNICATING_2016 = "451 4.4.397 Error communicating with target host. -> ";
    private static final String TARGET_RESPONDED_2016 = "451 4.4.395 Target host responded with error. -> ";
    private static final String STARTTLS_REQUIRED = "451 5.7.3 STARTTLS is required to send mail";
    private static final String CERTIFICATE = "454 4.7.5 Certificate validation failure, Reason:";
    private static final String EXCHANGE_LOGIN = "451 5.7.3 Cannot achieve Exchange Server authentication";
    private static final String LOGIN = "454 4.7.0 Temporary authentication failure";
    private static final String OURS = "451 4.3.0 Temporary server error: ";

    private static final Row TIMED_OUT = dial(10060, "SocketTimedout: Socket error code 10060");
    private static final Row REFUSED = dial(10061, "SocketConnectionRefused: Socket error code 10061");
    private static final Row LOST = new Row(
            "421 4.4.2 Connection dropped due to SocketError.",
            "421 4.4.2 Connection dropped due to ConnectionReset.",
            false,
            "421 4.4.2 Connection dropped due to ConnectionReset");
    private static final Row SILENT = new Row(
            "421 4.4.1 Connection timed out.",
            "421 4.4.2 Connection dropped due to TimedOut.",
            false,
            "421 4.4.2 Connection dropped due to TimedOut");

    private final ExchangeProfile profile;

    public ConnectionFailureTable(ExchangeProfile profile) {
        this.profile = profile;
    }

    private static Row dial(int winsock, String since2016) {
        return new Row(
                UNABLE + ".",
                "Failed to connect. Winsock error code: " + winsock + ", Win32 error code: " + winsock + ".",
                true,
                UNABLE + " -> " + since2016);
    }

    /// @param target the last endpoint that was tried
    /// @return 4xx
    Reply words(ConnectionProblem problem, Target target) {
        return Reply.parse(
                        switch (problem) {
                            case ConnectionProblem.ConnectTimedOut _ -> sentence(TIMED_OUT, target);
                            case ConnectionProblem.ConnectRefused _ -> sentence(REFUSED, target);
                            case ConnectionProblem.ConnectFailed(var detail) ->
                                sentence(new Row(UNABLE + ".", detail, true, UNABLE + " -> " + detail), target);
                            case ConnectionProblem.Lost _ -> sentence(LOST, target);
                            case ConnectionProblem.Silent _ -> sentence(SILENT, target);
                            case ConnectionProblem.RemoteError(var reply) -> remote(reply.toString(), target);
                            case ConnectionProblem.OutOfStep(var detail) -> remote(detail, target);
                            case ConnectionProblem.TlsNotOffered _ -> STARTTLS_REQUIRED;
                            case ConnectionProblem.TlsRefused(var reply) ->
                                because(STARTTLS_REQUIRED, reply.toString());
                            case ConnectionProblem.TlsFailed(var detail) ->
                                because(STARTTLS_REQUIRED, "TLS negotiation failed: " + detail);
                            case ConnectionProblem.CertificateRejected(var flaw, var detail) ->
                                because(CERTIFICATE + flaw.word(), detail);
                            case ConnectionProblem.TlsBroken(var detail) ->
                                because(sentence(LOST, target), "TLS: " + detail);
                            case ConnectionProblem.LoginImpossible(var detail) -> because(LOGIN, detail);
                            case ConnectionProblem.LoginRefused(var reply) -> remote(reply.toString(), target);
                            case ConnectionProblem.ExchangeLoginImpossible _ -> EXCHANGE_LOGIN;
                            case ConnectionProblem.Ours(var detail) -> OURS + detail;
                        })
                .cut(MailTransaction.MAX_REPLY_CHARACTERS);
    }

    private String sentence(Row row, Target target) {
        return switch (profile) {
            case E2010 -> PRIMARY_RESPONDED + quoted(row.upTo2010()) + FAILOVER;
            case E2013 ->
                (row.communication2013() ? COMMUNICATING_2013 : PRIMARY_RESPONDED)
                        + quoted(row.in2013())
                        + FAILOVER
                        + LAST_ENDPOINT
                        + target.endpoint();
            case E2016, E2019, SEED -> COMMUNICATING_2016 + row.from2016();
        };
    }

    private String remote(String line, Target target) {
        return switch (profile) {
            case E2010 -> PRIMARY_RESPONDED + quoted(line) + FAILOVER;
            case E2013 -> PRIMARY_RESPONDED + quoted(line) + FAILOVER + LAST_ENDPOINT + target.endpoint();
            case E2016, E2019, SEED -> TARGET_RESPONDED_2016 + line;
        };
    }

    /// Exchange's words, and behind them, as its own sentences have it, what exactly was the matter.
    private String because(String words, String detail) {
        return switch (profile) {
            case E2010, E2013 -> words + " (" + detail + ")";
            case E2016, E2019, SEED -> words + " -> " + detail;
        };
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }
}
