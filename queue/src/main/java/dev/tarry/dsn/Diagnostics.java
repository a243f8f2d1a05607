package dev.tarry.dsn;

import dev.tarry.dsn.DsnRequest.Diagnostic;
import dev.tarry.dsn.DsnRequest.RecipientReport;
import dev.tarry.dsn.DsnRequest.RemoteHost;
import dev.tarry.dsn.DsnRequest.ReportingServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The lines for administrators about one recipient, in the words of each generation (reference §7.3). All lines are
/// cleaned.
///
/// @param receivingServer who was to take the message; absent where the generation doesn't say or none is known
/// @param lines           newest error first
record Diagnostics(Optional<String> receivingServer, List<String> lines) {
    /// Replies of many lines are shown up to here.
    static final int MAX_CHARACTERS = 2_000;

    static Diagnostics of(ReportingServer server, RecipientReport recipient) {
        Optional<String> remote = recipient.remote().map(Diagnostics::shown);
        String reply = Cleaned.line(recipient.reply().toString(), MAX_CHARACTERS);
        return switch (server.profile()) {
            case E2010 -> new Diagnostics(Optional.empty(), List.of(exchange2010(recipient, reply)));
            case E2013 -> new Diagnostics(remote, exchange2013(recipient, reply));
            case E2016, E2019 ->
                new Diagnostics(Optional.of(remote.orElse(server.fqdn())), exchange2016(server, recipient, reply));
            case SEED ->
                new Diagnostics(
                        Optional.empty(), List.of(returned(seed(recipient).orElse(reply))));
        };
    }

    /// Whether a remote host itself has spoken the last word.
    static boolean rejected(RecipientReport recipient) {
        return recipient.remote().map(RemoteHost::answered).orElse(false)
                && recipient.reply().permanentNegative()
                && !DsnText.isExpiry(recipient.reply().status());
    }

    private static String exchange2010(RecipientReport recipient, String reply) {
        String host = rejected(recipient) ? name(recipient.remote().orElseThrow()) + " " : "";
        return host + "#" + reply + " ##";
    }

    private static List<String> exchange2013(RecipientReport recipient, String reply) {
        if (rejected(recipient)) {
            return List.of(name(recipient.remote().orElseThrow()), returned(reply));
        }
        List<String> lines = new ArrayList<>();
        lines.add(recipient
                .at()
                .map(at -> DsnText.shown(at) + " - " + returned("Remote Server", recipient.remote(), reply))
                .orElseGet(() -> returned(reply)));
        for (Diagnostic earlier : shownEarlier(recipient)) {
            lines.add(DsnText.shown(earlier.at()) + " - "
                    + returned("Remote Server", earlier.remote(), Cleaned.line(earlier.text(), MAX_CHARACTERS)));
        }
        return lines;
    }

    /// "Server", not "Remote Server", and it is ourselves where no other has spoken.
    private static List<String> exchange2016(ReportingServer server, RecipientReport recipient, String reply) {
        Optional<RemoteHost> self = Optional.of(new RemoteHost(server.fqdn(), Optional.empty(), false));
        List<String> lines = new ArrayList<>();
        lines.add(recipient
                .at()
                .map(at -> DsnText.shown(at) + " - "
                        + returned("Server", recipient.remote().or(() -> self), reply))
                .orElseGet(() -> returned(reply)));
        for (Diagnostic earlier : shownEarlier(recipient)) {
            lines.add(DsnText.shown(earlier.at()) + " - "
                    + returned(
                            "Server", earlier.remote().or(() -> self), Cleaned.line(earlier.text(), MAX_CHARACTERS)));
        }
        return lines;
    }

    /// The guide shows the error that delivery met, not the expiry that followed from it.
    private static Optional<String> seed(RecipientReport recipient) {
        return DsnText.isExpiry(recipient.reply().status())
                ? recipient.earlier().stream().findFirst().map(d -> Cleaned.line(d.text(), MAX_CHARACTERS))
                : Optional.empty();
    }

    private static List<Diagnostic> shownEarlier(RecipientReport recipient) {
        List<Diagnostic> all = recipient.earlier();
        return all.subList(0, Math.min(all.size(), RecipientReport.MAX_EARLIER));
    }

    private static String returned(String reply) {
        return "Remote Server returned '" + reply + "'";
    }

    private static String returned(String who, Optional<RemoteHost> remote, String reply) {
        return who + remote.map(r -> " at " + shown(r)).orElse("") + " returned '" + reply + "'";
    }

    /// `mx.dest.example (203.0.113.7)`.
    private static String shown(RemoteHost remote) {
        return name(remote)
                + remote.ip().map(ip -> " (" + Cleaned.line(ip, 64) + ")").orElse("");
    }

    static String name(RemoteHost remote) {
        return Cleaned.line(remote.name(), 255);
    }
}
