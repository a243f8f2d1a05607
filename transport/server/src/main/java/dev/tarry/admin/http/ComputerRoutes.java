package dev.tarry.admin.http;

import dev.tarry.admin.ComputerOperations;
import dev.tarry.host.MailErrand;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `/api/v1/computer`: the machine that the server runs on, for whoever does not sit before it.
public final class ComputerRoutes {
    private static final String PATH = "/api/v1/computer";
    private static final int SMTP_PORT = 25;
    private static final Shape.ListOf TEXTS = new Shape.ListOf(Shape.TEXT);
    private static final Shape MAYBE_TEXT = new Shape.Nullable(Shape.TEXT);
    private static final Shape MAYBE_WHOLE = new Shape.Nullable(Shape.WHOLE);

    private static final Shape.Fields QUESTION = Shape.fields(
            Shape.required("name", Shape.TEXT.such("gmail.com"), "A name, or an address, whose name is meant."),
            Shape.optional("type", Shape.TEXT.such("MX"), "A_AAAA if not given; PTR for an address."),
            Shape.optional(
                    "servers",
                    TEXTS,
                    "Whom to ask, ten at most, instead of the network adapter's servers and the cache."),
            Shape.optional("noHostsFile", Shape.FLAG, "Whether what the machine knows of itself does not count."),
            Shape.optional("cacheOnly", Shape.FLAG, "Whether nobody is to be asked."),
            Shape.optional("noRecursion", Shape.FLAG, "Whether a server is to say what it knows itself."),
            Shape.optional("tcpOnly", Shape.FLAG, "Whether it is asked over TCP at once."),
            Shape.optional("quickTimeout", Shape.FLAG, "Whether a server has one second instead of five."));

    private static final Shape.Fields RECORD = Shape.fields(
            Shape.required("Name", Shape.TEXT, "Whose record it is."),
            Shape.required("Type", Shape.TEXT, "MX, A …"),
            Shape.required("TTL", Shape.WHOLE, "Seconds."),
            Shape.required("Section", Shape.TEXT, "Answer, Authority or Additional."),
            Shape.required("DataLength", Shape.WHOLE, "Octets."),
            Shape.required("Data", Shape.TEXT, "For people."),
            Shape.required(
                    "Fields",
                    new Shape.Map(Shape.ANYTHING),
                    "Its parts as Windows calls them: NameExchange and Preference of an MX record."));

    private static final Shape.Fields ANSWER = Shape.fields(
            Shape.required(
                    "Status",
                    Shape.TEXT,
                    "SUCCESS, NO_RECORDS, NAME_ERROR (NXDOMAIN); or why nobody could say: NOT_CACHED, SERVER_FAILURE,"
                            + " REFUSED, FORMAT_ERROR, NOT_IMPLEMENTED, OTHER_ERROR, BAD_PACKET, TIMEOUT, UNREACHABLE,"
                            + " NO_SERVERS."),
            Shape.required("Name", Shape.TEXT, "What was asked for."),
            Shape.required("Server", MAYBE_TEXT, "Who said so; null: the cache, or the machine itself."),
            Shape.required("Detail", Shape.TEXT, "For people; often empty."),
            Shape.required("Records", new Shape.ListOf(RECORD), "In the order of the answer."));

    private static final Shape.Fields REMEMBERED = Shape.fields(
            Shape.required("Entry", Shape.TEXT, "What was asked for."),
            Shape.required("Name", MAYBE_TEXT, "Whose record it is."),
            Shape.required("Type", Shape.TEXT, "Of the record, or of what does not exist."),
            Shape.required("Status", Shape.oneOf("Success", "NotExist", "NoRecords"), "Whether there is any."),
            Shape.required("Section", MAYBE_TEXT, "Answer, Authority or Additional."),
            Shape.required("TimeToLive", Shape.WHOLE, "Seconds that are left, of lab time."),
            Shape.required("DataLength", MAYBE_WHOLE, "Octets."),
            Shape.required("Data", MAYBE_TEXT, "For people."));

    private static final Shape.Fields TARGET = Shape.fields(
            Shape.required("host", Shape.TEXT.such("8.8.8.8"), "An address or a name."),
            Shape.optional("port", Shape.within(1, 65_535).such(53L), "None: only an echo request."),
            Shape.optional(
                    "protocol",
                    Shape.oneOf("TCP", "UDP"),
                    "TCP if not given; over UDP a DNS question is sent, since nothing else would answer."));

    private static final Shape.Fields REACHED = Shape.fields(
            Shape.required("ComputerName", Shape.TEXT, "What was asked for."),
            Shape.required("RemoteAddress", MAYBE_TEXT, "Which of its addresses was tried; null: it has none."),
            Shape.required("ResolvedAddresses", TEXTS, "All of them."),
            Shape.required("RemotePort", MAYBE_WHOLE, "As asked."),
            Shape.required("Protocol", Shape.TEXT, "As asked."),
            Shape.required(
                    "Outcome",
                    Shape.oneOf("OPEN", "REFUSED", "SILENCE", "NOT_ALLOWED", "NO_ADDRESS", "NOT_TRIED"),
                    "NOT_ALLOWED: it is not on the egress list. NOT_TRIED: no port was given."),
            Shape.required(
                    "Echo",
                    new Shape.Nullable(Shape.oneOf("REPLY", "SILENCE", "IMPOSSIBLE")),
                    "Of an echo request, sent where the port is not open; IMPOSSIBLE outside the lab."),
            Shape.required("InterfaceAlias", Shape.TEXT, "By which adapter."),
            Shape.required("InterfaceIndex", Shape.WHOLE, "Its number."),
            Shape.required("SourceAddress", MAYBE_TEXT, "From which address."),
            Shape.required("NextHop", MAYBE_TEXT, "The adapter's gateway."));

    private static final Shape.Fields NETWORK = Shape.fields(
            Shape.required("ComputerName", Shape.TEXT, "Without its domain."),
            Shape.required("DnsHostName", Shape.TEXT, "With it."),
            Shape.required("InterfaceAlias", Shape.TEXT, "What its adapter is called."),
            Shape.required("InterfaceIndex", Shape.WHOLE, "The adapter's number."),
            Shape.required("InterfaceDescription", Shape.TEXT, "What it is."),
            Shape.required("MacAddress", Shape.TEXT, "Empty if it has none."),
            Shape.required(
                    "Addresses",
                    new Shape.ListOf(Shape.fields(
                            Shape.required("IPAddress", Shape.TEXT, "One of the machine's own."),
                            Shape.required("PrefixLength", Shape.WHOLE, "Of its network."))),
                    "The first is what it dials from."),
            Shape.required("Gateway", MAYBE_TEXT, "The way to everybody else."),
            Shape.required("DnsServers", TEXTS, "The adapter's, in the order of asking."));

    private static final Shape.Fields ERRAND = Shape.fields(
            Shape.required(
                    "server", Shape.TEXT.such("localhost"), "A name or an address; this machine's own lead home."),
            Shape.optional("port", Shape.within(1, 65_535), "25 if not given."),
            Shape.required("from", Shape.TEXT.such("admin@company.com"), "The reverse-path; empty: the null sender."),
            Shape.required("recipients", TEXTS.such(List.of("test@gmail.com")), "Forward-paths, one at least."),
            Shape.required(
                    "content",
                    Shape.TEXT.such("U3ViamVjdDogaGkNCg0KaGkNCg=="),
                    "Header and body, octet for octet, in Base64."),
            Shape.optional("useSsl", Shape.FLAG, "Whether STARTTLS is a must, with a certificate that is believed."),
            Shape.optional("user", Shape.TEXT, "Whom to log in as, where AUTH LOGIN is offered."),
            Shape.optional("password", Shape.TEXT, "Kept nowhere."),
            Shape.optional("notify", TEXTS, "SUCCESS, FAILURE, DELAY, or NEVER alone."));

    private static final Shape.Fields HANDED = Shape.fields(
            Shape.required(
                    "Outcome",
                    Shape.TEXT,
                    "Taken; or NobodyTaken, Refused, NoAddress, NoConnection, NotAllowed, Lost, NoTls, TlsFailed,"
                            + " TimedOut."),
            Shape.required("Command", Shape.TEXT, "What was refused, if it is Refused."),
            Shape.required("Reply", Shape.TEXT, "The server's, if it is Taken or Refused."),
            Shape.required(
                    "Refused",
                    new Shape.ListOf(Shape.fields(
                            Shape.required("Recipient", Shape.TEXT, "Who."),
                            Shape.required("Reply", Shape.TEXT, "The server's."))),
                    "Recipients that the server would not have; if it is Taken, the others get it."),
            Shape.required("Notes", TEXTS, "What was wanted and could not be had."),
            Shape.required("Detail", Shape.TEXT, "For people; often empty."));

    private ComputerRoutes() {}

    public static List<Route> of(ComputerOperations computer) {
        return List.of(
                Route.get(PATH + "/network", "The machine's name, its network adapter and DNS servers.")
                        .gives(NETWORK, "As they are now.")
                        .by(_ -> Reply.ok(computer.network())),
                Route.post(PATH + "/resolve", "Looks a name up as the machine does (Resolve-DnsName).")
                        .takes(QUESTION)
                        .gives(ANSWER, "Also where nobody could say.")
                        .by(r -> Reply.ok(computer.resolve(question(r)))),
                Route.get(PATH + "/dns-cache", "What the machine's DNS client remembers (Get-DnsClientCache).")
                        .givesItems(REMEMBERED, "Record by record, in the order in which it learned them.")
                        .by(_ -> Reply.items(computer.remembered())),
                Route.delete(
                                PATH + "/dns-cache",
                                "Has the machine's DNS client forget it all (Clear-DnsClientCache); transport's own cache"
                                        + " stays.")
                        .gives(
                                Shape.fields(Shape.required("forgotten", Shape.WHOLE, "How many answers that were.")),
                                "It is empty.")
                        .by(_ -> Reply.ok(Map.of("forgotten", computer.forget()))),
                Route.post(PATH + "/reach", "Tries whether the machine can reach a port (Test-NetConnection).")
                        .takes(TARGET)
                        .gives(REACHED, "What came of it.")
                        .by(r -> Reply.ok(computer.reach(
                                r.text("host").orElseThrow(),
                                r.number("port").map(Number::longValue),
                                r.text("protocol").orElse("TCP").equalsIgnoreCase("UDP")))),
                Route.post(PATH + "/mail", "Hands a message in over SMTP, as a program on it does (Send-MailMessage).")
                        .takes(ERRAND)
                        .large()
                        .gives(HANDED, "What came of it.")
                        .by(r -> Reply.ok(computer.hand(errand(r)))));
    }

    private static ComputerOperations.Question question(Request r) {
        return new ComputerOperations.Question(
                r.text("name").orElseThrow(),
                r.text("type"),
                texts(r, "servers"),
                r.flag("noHostsFile", false),
                r.flag("cacheOnly", false),
                r.flag("noRecursion", false),
                r.flag("tcpOnly", false),
                r.flag("quickTimeout", false));
    }

    private static MailErrand errand(Request r) {
        byte[] content;
        try {
            content = Base64.getDecoder().decode(r.text("content").orElseThrow());
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.invalidParameter("content", "content is no Base64: " + e.getMessage()));
        }
        Optional<MailErrand.Login> login = r.text("user")
                .filter(user -> !user.isEmpty())
                .map(user -> new MailErrand.Login(user, r.text("password").orElse("")));
        try {
            return new MailErrand(
                    r.text("server").orElseThrow(),
                    r.number("port").map(Number::intValue).orElse(SMTP_PORT),
                    r.text("from").orElseThrow(),
                    texts(r, "recipients"),
                    content,
                    r.flag("useSsl", false),
                    login,
                    texts(r, "notify"));
        } catch (MailErrand.Mistake e) {
            String name = switch (e.part()) {
                case "sender" -> "from";
                case "dsn" -> "notify";
                default -> e.part();
            };
            throw new ProblemException(Problem.invalidParameter(name, name + ": " + e.getMessage() + "."));
        }
    }

    private static List<String> texts(Request r, String name) {
        return r.body().get(name) instanceof List<?> list
                ? list.stream().map(Object::toString).toList()
                : List.of();
    }
}
