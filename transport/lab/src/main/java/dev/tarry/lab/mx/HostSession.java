package dev.tarry.lab.mx;

import dev.tarry.lab.fault.Fault;
import dev.tarry.lab.fault.Faults;
import dev.tarry.lab.fault.Glob;
import dev.tarry.lab.fault.SmtpEffect;
import dev.tarry.lab.fault.SmtpStage;
import dev.tarry.lab.fault.TlsEffect;
import dev.tarry.lab.mx.Turn.Next;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// What a mail host says to one client: takes lines, gives turns. Plain code without a socket; used on
/// one loop.
///
/// It is strict where a sender could be wrong, since senders are what it is there to try: syntax, order, parameters
/// that were not offered, bare line ends.
final class HostSession {
    /// A command that carries secrets: its first two words may be shown.
    private static final Pattern AUTH = Pattern.compile("^(\\s*AUTH\\s+\\S+)\\s", Pattern.CASE_INSENSITIVE);

    /// Past so many lines that were no use, the client is sent away.
    static final int ERRORS_MAX = 50;

    private static final Pattern ENHANCED = Pattern.compile("^(\\d{3}[ -])\\d\\.\\d{1,3}\\.\\d{1,3} ?");

    private final MailHost manners;
    private final String host;
    private final String hostAddress;
    private final String client;
    private final Faults faults;
    private final HostMemory memory;
    private final SessionEntry journal;
    private final long messageOctets;
    private final int recipientsMax;

    private Optional<TlsEffect> tlsFault = Optional.empty();
    private boolean tls;
    private String heloName = "";
    private boolean esmtp;
    private boolean turnedAway;
    private int errors;
    private Optional<Login> login = Optional.empty();
    private String user = "";

    private String mailFrom;
    private boolean binary;
    private List<String> mailParameters = List.of();
    private final List<ReceivedMessage.Recipient> recipients = new ArrayList<>();
    private boolean chunked;
    private Early early = Early.NONE;
    private Optional<String> answerOwed = Optional.empty();

    /// What was said while content came in, which then is the answer to it.
    private enum Early {
        NONE,
        YES,
        NO
    }

    HostSession(
            MailHost manners,
            String hostAddress,
            String client,
            Faults faults,
            HostMemory memory,
            SessionEntry journal,
            MailBounds bounds) {
        this.manners = manners;
        this.host = manners.name();
        this.hostAddress = hostAddress;
        this.client = client;
        this.faults = faults;
        this.memory = memory;
        this.journal = journal;
        this.messageOctets =
                Math.min(bounds.messageOctets(), manners.messageOctets().orElse(Long.MAX_VALUE));
        this.recipientsMax = Math.min(bounds.recipients(), manners.recipients().orElse(Integer.MAX_VALUE));
    }

    long messageOctets() {
        return messageOctets;
    }

    Turn greet() {
        tlsFault = faults.tls(host);
        var banner = manners.banner().orElse(host + (manners.esmtp() ? " ESMTP" : " SMTP"));
        return at(
                SmtpStage.BANNER,
                List.of(),
                () -> Turn.say(("220 " + banner).stripTrailing()),
                () -> turnedAway = true);
    }

    /// How a line stands in the journal: what AUTH carries is secret.
    String shown(String line) {
        if (login.isPresent()) {
            return "****";
        }
        // Whatever blanks stand where, and also when it is refused for them.
        var auth = AUTH.matcher(line);
        return auth.find() ? auth.group(1) + " ****" : line;
    }

    /// @param line without its CRLF, one char for each octet
    /// @param more whether the client has sent more behind it already
    Turn command(String line, boolean more) {
        if (login.isPresent()) {
            return authLine(line);
        }
        var text = manners.offers(Extension.SMTPUTF8) ? utf8(line) : line;
        if (text.chars().anyMatch(c -> Character.isISOControl(c) || (c > '~' && !manners.offers(Extension.SMTPUTF8)))) {
            return useless("500 5.5.2 Only printable ASCII in commands");
        }
        if (more && !manners.offers(Extension.PIPELINING)) {
            return useless("503 5.5.0 Pipelining is not offered here");
        }
        int space = text.indexOf(' ');
        var verb = (space < 0 ? text : text.substring(0, space)).toUpperCase(Locale.ROOT);
        var rest = space < 0 ? "" : text.substring(space + 1);
        if (turnedAway && !verb.equals("QUIT")) {
            return useless("503 5.5.1 No service here");
        }
        return switch (verb) {
            case "EHLO" -> hello(rest, true);
            case "HELO" -> hello(rest, false);
            case "STARTTLS" -> startTls(rest);
            case "AUTH" -> auth(rest);
            case "MAIL" -> mail(rest);
            case "RCPT" -> rcpt(rest);
            case "DATA" -> data(rest);
            case "BDAT" -> bdat(rest);
            case "RSET" ->
                at(SmtpStage.RSET, List.of(), () -> {
                    forgetTransaction();
                    return say("250 2.0.0 OK");
                });
            case "NOOP" -> say("250 2.0.0 OK");
            case "VRFY" -> say("252 2.5.2 Send some mail, I'll try my best");
            case "HELP" -> say("214 2.0.0 RFC 5321");
            case "QUIT" ->
                at(SmtpStage.QUIT, List.of(), () -> {
                    journal.ending("quit");
                    return Turn.sayAndClose(own("221 2.0.0 " + host + " closing connection"));
                });
            case "EXPN", "ETRN" -> useless("502 5.5.1 Not offered here");
            default -> useless("500 5.5.1 Unrecognized command");
        };
    }

    /// A line that ended with a bare LF, or was too long.
    Turn badLine(String reply) {
        return useless(reply);
    }

    private static String utf8(String octets) {
        return octets.chars().allMatch(c -> c < 0x80)
                ? octets
                : new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    // --- greeting

    private Turn hello(String name, boolean extended) {
        if (extended && !manners.esmtp()) {
            return useless("500 5.5.1 Unrecognized command");
        }
        if (name.isBlank() || name.strip().contains(" ")) {
            return useless("501 5.5.4 A host name is needed");
        }
        return at(extended ? SmtpStage.EHLO : SmtpStage.HELO, List.of(), () -> {
            forgetTransaction();
            heloName = name.strip();
            esmtp = extended;
            journal.hello(heloName);
            return extended ? Turn.of(offer(), new Next.GoOn()) : Turn.say("250 " + host);
        });
    }

    private String offer() {
        var lines = new ArrayList<String>();
        lines.add(host + " at your service, [" + client + "]");
        for (var extension : manners.extensions()) {
            if (extension == Extension.SIZE) {
                lines.add("SIZE " + messageOctets);
            } else if (extension != Extension.STARTTLS || tlsOffered()) {
                lines.add(extension.keyword());
            }
        }
        if (!manners.mechanisms().isEmpty()) {
            lines.add("AUTH " + String.join(" ", manners.mechanisms()));
        }
        var last = lines.removeLast();
        var reply = new StringBuilder();
        lines.forEach(line -> reply.append("250-").append(line).append("\r\n"));
        return reply.append("250 ").append(last).append("\r\n").toString();
    }

    private boolean tlsOffered() {
        return manners.offers(Extension.STARTTLS)
                && !tls
                && !(tlsFault.isPresent() && tlsFault.get() instanceof TlsEffect.Strip);
    }

    // --- STARTTLS

    private Turn startTls(String rest) {
        if (tls) {
            return useless("503 5.5.1 TLS is on already");
        }
        if (!tlsOffered()) {
            return useless("502 5.5.1 Not offered here");
        }
        if (!esmtp) {
            return useless("503 5.5.1 EHLO first");
        }
        if (!rest.isBlank()) {
            return useless("501 5.5.4 STARTTLS takes no parameters");
        }
        return at(
                SmtpStage.STARTTLS,
                List.of(),
                () -> tlsFault.isPresent() && tlsFault.get() instanceof TlsEffect.Refuse(int code, var text)
                        ? strike(SmtpStage.STARTTLS, List.of())
                                .turn(new SmtpEffect.Reply(code, text), Turn::nothing, () -> {})
                        : Turn.of(Turn.line(own("220 2.0.0 Ready to start TLS")), new Next.BeginTls()));
    }

    /// What goes wrong with TLS in this session.
    Optional<TlsEffect> tlsFault() {
        return tlsFault;
    }

    /// What it shows when TLS begins.
    MailHost manners() {
        return manners;
    }

    /// There is no certificate to show.
    Turn tlsUnavailable() {
        return say("454 4.7.0 TLS not available due to temporary reason");
    }

    /// The 220 is out: everything that was said before is forgotten (RFC 3207 §4.2).
    void tlsBegins() {
        tls = true;
        heloName = "";
        esmtp = false;
        user = "";
        forgetTransaction();
    }

    // --- AUTH

    private Turn auth(String rest) {
        if (manners.mechanisms().isEmpty()) {
            return useless("502 5.5.1 Not offered here");
        }
        if (!esmtp) {
            return useless("503 5.5.1 EHLO first");
        }
        if (manners.tlsRequired() && !tls) {
            return useless("530 5.7.0 Must issue a STARTTLS command first");
        }
        if (!user.isEmpty() || mailFrom != null) {
            return useless("503 5.5.1 Not now");
        }
        var words = rest.strip().split(" +");
        var mechanism = words[0].toUpperCase(Locale.ROOT);
        if (!manners.mechanisms().contains(mechanism)) {
            return useless("504 5.5.4 Unrecognized authentication type");
        }
        if (words.length > 2) {
            return useless("501 5.5.4 Too many words");
        }
        var fresh = new Login(mechanism, manners.users());
        return at(
                SmtpStage.AUTH,
                List.of(),
                () -> step(fresh, fresh.begin(words.length < 2 ? Optional.empty() : Optional.of(words[1]))));
    }

    private Turn authLine(String line) {
        var current = login.orElseThrow();
        return at(SmtpStage.AUTH, List.of(), () -> step(current, current.line(line)), () -> login = Optional.empty());
    }

    private Turn step(Login current, Login.Step step) {
        return switch (step) {
            case Login.Step.More(var reply) -> {
                login = Optional.of(current);
                yield Turn.say(reply);
            }
            case Login.Step.In(var name) -> {
                login = Optional.empty();
                user = name;
                journal.user(name);
                yield say("235 2.7.0 Authentication successful");
            }
            case Login.Step.Out(var reply) -> {
                login = Optional.empty();
                yield useless(reply);
            }
        };
    }

    // --- a message

    private Turn mail(String rest) {
        if (heloName.isEmpty()) {
            return useless("503 5.5.1 EHLO first");
        }
        if (manners.tlsRequired() && !tls) {
            // RFC 3207 §4
            return useless("530 5.7.0 Must issue a STARTTLS command first");
        }
        if (manners.authRequired() && user.isEmpty()) {
            // RFC 4954 §6
            return useless("530 5.7.0 Authentication required");
        }
        if (mailFrom != null) {
            return useless("503 5.5.1 Nested MAIL");
        }
        if (!rest.regionMatches(true, 0, "FROM:", 0, 5)) {
            return useless("501 5.5.4 Syntax: MAIL FROM:<path>");
        }
        return switch (EsmtpParameters.read(rest.substring(5), true, esmtp, manners)) {
            case EsmtpParameters.Read.Bad(var reply) -> useless(reply);
            case EsmtpParameters.Read.Good(var line) -> {
                if (line.declaredSize().orElse(0L) > messageOctets) {
                    yield say("552 5.3.4 Message size exceeds fixed limit");
                }
                if (!line.says("SMTPUTF8") && !ascii(line.path())) {
                    yield say("553 5.6.7 SMTPUTF8 is needed for this address");
                }
                mailFrom = line.path();
                mailParameters = line.parameters();
                binary = line.says("BODY=BINARYMIME");
                journal.sender(mailFrom);
                yield at(SmtpStage.MAIL, List.of(), () -> say("250 2.1.0 OK"), this::forgetTransaction);
            }
        };
    }

    private Turn rcpt(String rest) {
        if (mailFrom == null) {
            return useless("503 5.5.1 MAIL first");
        }
        if (!rest.regionMatches(true, 0, "TO:", 0, 3)) {
            return useless("501 5.5.4 Syntax: RCPT TO:<path>");
        }
        return switch (EsmtpParameters.read(rest.substring(3), false, esmtp, manners)) {
            case EsmtpParameters.Read.Bad(var reply) -> useless(reply);
            case EsmtpParameters.Read.Good(var line) -> {
                boolean postmaster = line.path().equalsIgnoreCase("postmaster");
                if (line.path().lastIndexOf('@') <= 0 && !postmaster) {
                    yield useless("501 5.1.3 Bad recipient address syntax");
                }
                if (mailParameters.stream().noneMatch("SMTPUTF8"::equalsIgnoreCase) && !ascii(line.path())) {
                    yield say("553 5.6.7 SMTPUTF8 is needed for this address");
                }
                if (recipients.size() >= recipientsMax) {
                    yield say("452 4.5.3 Too many recipients");
                }
                if (!postmaster && !known(line.path())) {
                    yield say("550 5.1.1 User unknown");
                }
                yield at(SmtpStage.RCPT, List.of(line.path()), () -> {
                    recipients.add(new ReceivedMessage.Recipient(line.path(), line.parameters()));
                    journal.recipient(line.path());
                    return say("250 2.1.5 OK");
                });
            }
        };
    }

    private boolean known(String path) {
        return manners.mailboxes().isEmpty()
                || manners.mailboxes().stream().anyMatch(mailbox -> new Glob(mailbox).matches(path));
    }

    private static boolean ascii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private Optional<String> notReady() {
        if (mailFrom == null) {
            return Optional.of("503 5.5.1 MAIL first");
        }
        return recipients.isEmpty() ? Optional.of("554 5.5.1 No valid recipients") : Optional.empty();
    }

    private Turn data(String rest) {
        if (!rest.isBlank()) {
            return useless("501 5.5.4 DATA takes no parameters");
        }
        var wrong = notReady();
        if (wrong.isPresent()) {
            return useless(wrong.get());
        }
        if (binary || chunked) {
            // RFC 3030 §2 and §3
            return useless("503 5.5.1 BDAT is needed");
        }
        return at(SmtpStage.DATA, accepted(), () -> Turn.of(Turn.line("354 Go ahead"), new Next.TakeData()));
    }

    /// Whatever is wrong, the octets come; so they are read before anything is said (RFC 3030 §2).
    private Turn bdat(String rest) {
        if (!manners.offers(Extension.CHUNKING)) {
            return useless("502 5.5.1 Not offered here");
        }
        var words = rest.strip().split(" +");
        boolean last = words.length == 2 && words[1].equalsIgnoreCase("LAST");
        if (!words[0].matches("\\d{1,18}") || words.length > 2 || (words.length == 2 && !last)) {
            // Nobody knows where the next command begins.
            return Turn.sayAndClose(own("501 5.5.4 Syntax: BDAT octets [LAST]"));
        }
        return Turn.silent(new Next.TakeChunk(Long.parseLong(words[0]), last, notReady()));
    }

    /// A chunk has come.
    ///
    /// @param sizeBytes octets of content so far
    Turn endOfChunk(long sizeBytes, Next.TakeChunk chunk) {
        if (chunk.refusal().isPresent()) {
            return useless(chunk.refusal().get());
        }
        if (!chunk.last() && early != Early.NONE) {
            // This chunk has been answered in the middle.
            if (early == Early.NO) {
                forgetTransaction();
            }
            early = Early.NONE;
            return Turn.nothing();
        }
        boolean first = !chunked;
        chunked = true;
        Supplier<Turn> truth =
                () -> chunk.last() ? endOfData(sizeBytes) : say("250 2.0.0 " + chunk.octets() + " octets received");
        if (!first) {
            return truth.get();
        }
        return at(SmtpStage.DATA, accepted(), truth, this::forgetTransaction);
    }

    /// Whether the content that has come belongs to a message that goes on.
    boolean inChunks() {
        return chunked;
    }

    /// After how many octets of content something may strike, rising.
    List<Long> contentStrikes() {
        return faults.list().stream()
                .filter(active -> active.fault() instanceof Fault.Smtp smtp
                        && smtp.stage() == SmtpStage.CONTENT
                        && smtp.host().matches(host))
                .map(active -> ((Fault.Smtp) active.fault()).contentOctets())
                .distinct()
                .sorted()
                .toList();
    }

    /// So many octets of content have come.
    ///
    /// @return empty: go on
    Optional<Turn> content(long octets) {
        if (mailFrom == null || early != Early.NONE) {
            return Optional.empty();
        }
        return struck(SmtpStage.CONTENT, mailFrom, accepted(), octets).map(effect -> {
            var strike = strike(SmtpStage.CONTENT, accepted());
            early = Early.YES;
            var turn = strike.turn(effect, Turn::nothing, () -> early = Early.NO);
            if (turn.words().isEmpty()) {
                early = Early.NONE; // within a limit, or at an end
            }
            return turn;
        });
    }

    /// Whether what still comes of the content is of no use.
    boolean contentRefused() {
        return early == Early.NO;
    }

    /// The final dot has come, or the last chunk.
    ///
    /// @param sizeBytes octets of content
    Turn endOfData(long sizeBytes) {
        if (early == Early.NO) {
            forgetTransaction();
            return Turn.nothing();
        }
        if (sizeBytes > messageOctets) {
            forgetTransaction();
            return say("552 5.3.4 Message size exceeds fixed limit");
        }
        var envelope = new Envelope(
                host, hostAddress, client, heloName, esmtp, mailFrom, mailParameters, List.copyOf(recipients));
        Supplier<Turn> truth = () ->
                Turn.silent(new Next.Keep(envelope, early == Early.YES ? Optional.of("") : Optional.empty(), false));
        var turn = early == Early.YES ? truth.get() : at(SmtpStage.EOD, accepted(), truth);
        forgetTransaction();
        return turn;
    }

    /// @param id empty: the message could not be kept
    Turn kept(Next.Keep keep, Optional<String> id) {
        if (id.isEmpty()) {
            return keep.begun() ? Turn.silent(new Next.Close()) : say("452 4.3.1 Insufficient system storage");
        }
        journal.kept(id.get());
        answerOwed = id;
        var words = keep.words().orElseGet(() -> Turn.line(own(Turn.TAKEN + " " + id.get())));
        var truth = Turn.of(words, new Next.Between());
        if (keep.begun()) {
            return truth;
        }
        var envelope = keep.envelope();
        var addresses = envelope.recipients().stream()
                .map(ReceivedMessage.Recipient::address)
                .toList();
        return struck(SmtpStage.KEPT, envelope.mailFrom(), addresses, 0)
                .map(effect -> new Strike(memory, host, client, SmtpStage.KEPT, envelope.mailFrom(), addresses)
                        .turn(effect, () -> truth, () -> {}))
                .orElse(truth);
    }

    /// The message was taken, and its sender will hear of it.
    Turn bounced() {
        answerOwed = Optional.empty();
        return Turn.of(Turn.line(own(Turn.TAKEN)), new Next.Between());
    }

    /// The answer to a message is out.
    Turn between() {
        answerOwed.ifPresent(journal::answered);
        answerOwed = Optional.empty();
        return at(SmtpStage.BETWEEN, List.of(), Turn::nothing);
    }

    private void forgetTransaction() {
        mailFrom = null;
        mailParameters = List.of();
        recipients.clear();
        binary = false;
        chunked = false;
        early = Early.NONE;
    }

    private List<String> accepted() {
        return recipients.stream().map(ReceivedMessage.Recipient::address).toList();
    }

    // --- faults and words

    private Turn at(SmtpStage stage, List<String> known, Supplier<Turn> truth) {
        return at(stage, known, truth, () -> {});
    }

    private Turn at(SmtpStage stage, List<String> known, Supplier<Turn> truth, Runnable refused) {
        var effect = struck(stage, mailFrom == null ? "" : mailFrom, known, 0);
        return effect.isEmpty() ? truth.get() : strike(stage, known).turn(effect.get(), truth, refused);
    }

    private Optional<SmtpEffect> struck(SmtpStage stage, String sender, List<String> known, long octets) {
        var effect = faults.smtp(host, stage, sender, known, octets);
        effect.ifPresent(one -> journal.note(Strike.remark(stage, one)));
        return effect;
    }

    private Strike strike(SmtpStage stage, List<String> known) {
        return new Strike(memory, host, client, stage, mailFrom == null ? "" : mailFrom, known);
    }

    private Turn useless(String reply) {
        errors++;
        return errors > ERRORS_MAX ? Turn.sayAndClose(own("421 4.7.0 Too many errors")) : say(reply);
    }

    private Turn say(String reply) {
        return Turn.say(own(reply));
    }

    /// Who does not offer enhanced status codes does not send them (RFC 2034 §3).
    private String own(String reply) {
        return manners.offers(Extension.ENHANCED_STATUS_CODES)
                ? reply
                : ENHANCED.matcher(reply).replaceFirst("$1");
    }
}
