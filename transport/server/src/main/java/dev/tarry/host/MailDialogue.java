package dev.tarry.host;

import dev.tarry.mail.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One conversation of a mail program with a server: replies in, what to do out. Plain code; one per errand.
///
/// ```
/// BANNER ▷ EHLO (▷ HELO) (▷ STARTTLS ▷ EHLO) (▷ AUTH ▷ PASSWORD) ▷ MAIL ▷ RCPT… ▷ DATA ▷ CONTENT ▷ over
/// ```
/// It says one thing at a time and no more than a plain program does: HELO comes after EHLO only where EHLO is refused,
/// and never under TLS, which only EHLO can have offered. A recipient that is refused is left out; if all are, nothing
/// is sent. An AUTH that fails ends it, for whoever gave a password does not want to be nobody.
final class MailDialogue {
    /// What is to be done now.
    sealed interface Act {
        /// Without its line end.
        record Say(String line) implements Act {}

        /// Begin TLS; then [MailDialogue#secured].
        record Secure() implements Act {}

        /// Send the content and the dot.
        record Send() implements Act {}

        /// Hang up, politely if the server still listens.
        record Over(Handed handed, boolean polite) implements Act {}
    }

    private enum State {
        BANNER,
        EHLO,
        HELO,
        STARTTLS,
        AUTH,
        PASSWORD,
        MAIL,
        RCPT,
        DATA,
        CONTENT
    }

    private final MailErrand errand;
    private final String heloName;
    private final List<Handed.Refusal> refused = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private State state = State.BANNER;
    private List<String> offered = List.of();
    private boolean secure;
    private int recipient;

    /// @param heloName what the machine calls itself
    MailDialogue(MailErrand errand, String heloName) {
        this.errand = errand;
        this.heloName = heloName;
    }

    Act reply(Reply reply) {
        return switch (state) {
            case BANNER -> reply.code() == 220 ? ehlo() : refused("", reply);
            case EHLO -> {
                if (reply.positive()) {
                    offered = reply.lines().stream()
                            .skip(1)
                            .map(line -> line.strip().toUpperCase(Locale.ROOT))
                            .toList();
                    yield greeted();
                }
                if (reply.code() == 421 || secure) {
                    yield refused("EHLO", reply);
                }
                state = State.HELO;
                yield new Act.Say("HELO " + heloName);
            }
            case HELO -> reply.positive() ? greeted() : refused("HELO", reply);
            case STARTTLS -> reply.code() == 220 ? new Act.Secure() : refused("STARTTLS", reply);
            case AUTH -> {
                if (reply.code() == 235) {
                    yield mail();
                }
                if (reply.code() != 334) {
                    yield refused("AUTH", reply);
                }
                state = State.PASSWORD;
                yield new Act.Say(base64(errand.login().orElseThrow().password()));
            }
            case PASSWORD -> reply.code() == 235 ? mail() : refused("AUTH", reply);
            case MAIL -> {
                if (!reply.positive()) {
                    yield refused("MAIL", reply);
                }
                state = State.RCPT;
                yield rcpt();
            }
            case RCPT -> {
                if (reply.code() == 421) {
                    yield refused("RCPT", reply);
                }
                if (!reply.positive()) {
                    refused.add(new Handed.Refusal(errand.recipients().get(recipient), reply));
                }
                recipient++;
                if (recipient < errand.recipients().size()) {
                    yield rcpt();
                }
                if (refused.size() == errand.recipients().size()) {
                    yield new Act.Over(new Handed.NobodyTaken(refused), true);
                }
                state = State.DATA;
                yield new Act.Say("DATA");
            }
            case DATA -> {
                if (reply.code() != 354) {
                    yield refused("DATA", reply);
                }
                state = State.CONTENT;
                yield new Act.Send();
            }
            case CONTENT ->
                reply.positive()
                        ? new Act.Over(new Handed.Taken(reply, refused, notes), true)
                        : refused("the message", reply);
        };
    }

    private Act ehlo() {
        state = State.EHLO;
        return new Act.Say("EHLO " + heloName);
    }

    private Act greeted() {
        if (errand.tls() && !secure) {
            if (!offers("STARTTLS")) {
                return new Act.Over(new Handed.NoTls(), true);
            }
            state = State.STARTTLS;
            return new Act.Say("STARTTLS");
        }
        Optional<MailErrand.Login> login = errand.login();
        if (login.isPresent() && offersLogin()) {
            state = State.AUTH;
            return new Act.Say("AUTH LOGIN " + base64(login.get().user()));
        }
        if (login.isPresent()) {
            notes.add("the server offers no AUTH LOGIN" + (secure ? "" : " without TLS")
                    + ": the credential was not used");
        }
        return mail();
    }

    private boolean offers(String keyword) {
        return offered.contains(keyword);
    }

    private boolean offersLogin() {
        return offered.stream()
                .anyMatch(line ->
                        line.startsWith("AUTH ") && List.of(line.split("[ =]+")).contains("LOGIN"));
    }

    /// TLS stands: what was offered before counts no more (RFC 3207 §4.2).
    Act secured() {
        secure = true;
        offered = List.of();
        return ehlo();
    }

    private Act mail() {
        state = State.MAIL;
        if (!errand.dsn().isEmpty() && !offers("DSN")) {
            notes.add("the server knows no DSN: -DeliveryNotificationOption was not passed on");
        }
        return new Act.Say("MAIL FROM:<" + errand.sender() + ">");
    }

    private Act rcpt() {
        String notify = errand.dsn().isEmpty() || !offers("DSN") ? "" : " NOTIFY=" + String.join(",", errand.dsn());
        return new Act.Say("RCPT TO:<" + errand.recipients().get(recipient) + ">" + notify);
    }

    private static Act refused(String command, Reply reply) {
        return new Act.Over(new Handed.Refused(command, reply), reply.code() != 421);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
