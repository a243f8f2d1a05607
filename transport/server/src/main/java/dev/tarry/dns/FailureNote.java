package dev.tarry.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What an administrator is told beside Exchange's words, which are the same for many failures: the row of reference
/// §3.2, what kind of answer it was, and who said what. Nothing in it changes while the failure stays the same.
///
/// `D9 Timeout: fabrikam.com MX: 192.168.1.10 no answer, 192.168.1.11 no answer`
final class FailureNote {
    static final int MAX_CHARACTERS = 300;

    /// Servers that are named.
    private static final int MAX_SERVERS = 8;

    private FailureNote() {}

    /// @param answer one without hosts
    /// @return printable; begins with the row and a blank
    static String text(DnsRow row, MxAnswer answer) {
        String text = row + " " + words(answer);
        // it stands between braces and semicolons in LastError
        String safe = Printable.text(text, MAX_CHARACTERS)
                .replace(';', ',')
                .replace('{', '(')
                .replace('}', ')');
        return text.length() > MAX_CHARACTERS ? safe.substring(0, MAX_CHARACTERS - 4) + " ..." : safe;
    }

    private static String words(MxAnswer answer) {
        return switch (answer) {
            case MxAnswer.Hosts _ -> "Hosts";
            case MxAnswer.NoSuchDomain(var domain) -> "NoSuchDomain: " + domain + " does not exist";
            case MxAnswer.NoRecords(var domain) -> "NoRecords: " + domain + " has neither MX nor address records";
            case MxAnswer.NullMx(var domain) -> "NullMx: " + domain + " takes no mail";
            case MxAnswer.Loop(var domain) -> "Loop: the best host of " + domain + " is this server";
            case MxAnswer.NoUsableHost(var domain, var detail, var nothingNamed) ->
                (nothingNamed ? "NoHostNamed: " : "NoUsableHost: ") + domain + ": " + detail;
            case MxAnswer.QueryFailed(var status, var detail, var attempts) ->
                word(status) + ": " + said(detail, attempts);
        };
    }

    private static String word(DnsStatus status) {
        return switch (status) {
            case SERVER_FAILURE -> "ServerFailure";
            case REFUSED -> "Refused";
            case TIMEOUT -> "Timeout";
            case NO_SERVER -> "NoServer";
            case MALFORMED -> "Malformed";
            case ALIAS_LOOP -> "AliasLoop";
            case HOSTS_UNRESOLVED -> "HostsUnresolved";
            case TRUNCATED -> "Truncated";
        };
    }

    /// What each server said to the last question that nobody answered; the times it took are left out, since they
    /// are others each time.
    private static String said(String detail, List<ServerAttempt> attempts) {
        List<ServerAttempt> bad = new ArrayList<>(
                attempts.stream().filter(attempt -> !attempt.result().answers()).toList());
        if (bad.isEmpty()) {
            return detail;
        }
        String question = bad.getLast().question();
        List<ServerAttempt> last = bad.stream()
                .filter(attempt -> attempt.question().equals(question))
                .toList();
        return question + ": "
                + last.stream()
                        .limit(MAX_SERVERS)
                        .map(attempt -> attempt.server().getAddress().getHostAddress() + " " + attempt.outcome())
                        .distinct()
                        .collect(Collectors.joining(", "))
                + (last.size() > MAX_SERVERS ? " ..." : "");
    }
}
