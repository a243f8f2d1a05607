package dev.tarry.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.tarry.mail.EmailAddress;
import dev.tarry.mail.Envelope.BodyType;
import dev.tarry.mail.Envelope.Ret;
import dev.tarry.mail.Notify;
import dev.tarry.mail.ReversePath;
import dev.tarry.smtp.Command.Malformed;
import dev.tarry.smtp.Command.Problem;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandParserTest {
    @Test
    void verbs_without_arguments_whatever_their_case() {
        assertEquals(new Command.Data(), parse("DATA"));
        assertEquals(new Command.Data(), parse("dAtA  "));
        assertEquals(new Command.Rset(), parse("rset"));
        assertEquals(new Command.Quit(), parse("Quit"));
        assertEquals(new Command.Noop(), parse("NOOP"));
        assertEquals(new Command.Noop(), parse("NOOP whatever \u00ff"));
        assertEquals(new Command.Vrfy(), parse("VRFY somebody"));
        assertEquals(new Command.Expn(), parse("expn list"));
        assertEquals(new Command.Help(), parse("HELP MAIL"));
    }

    @Test
    void greetings() {
        assertEquals(new Command.Ehlo("mail.example.com"), parse("EHLO mail.example.com"));
        assertEquals(new Command.Helo("my_pc"), parse("helo my_pc "));
        assertEquals(new Command.Ehlo("[192.0.2.1]"), parse("EHLO [192.0.2.1]"));
        assertEquals(new Command.Ehlo("[IPv6:2001:db8::1]"), parse("EHLO [IPv6:2001:db8::1]"));
        assertEquals(new Command.Ehlo("host.example."), parse("EHLO host.example."));
        assertEquals(new Command.Ehlo(""), parse("EHLO"));
        assertEquals(new Command.Ehlo(""), parse("EHLO "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EHLO a b",
                "EHLO a\tb",
                "EHLO <x>",
                "EHLO -a",
                "EHLO a-",
                "EHLO a..b",
                "EHLO .",
                "EHLO [300.1.1.1]",
                "EHLO [1.2.3.4",
                "EHLO [IPv6:zz]",
                "EHLO \u00e4",
                "EHLO a\u001b[2J",
                "EHLO (evil)",
                "EHLO a;b",
                "EHLO [IPv6:fe80::1%eth0]",
                "HELO a,b"
            })
    void greetings_with_no_domain_name(String line) {
        assertEquals(new Malformed(Problem.DOMAIN), parse(line));
    }

    @Test
    void a_greeting_may_have_255_characters() {
        String name = ("a".repeat(63) + ".").repeat(3) + "b".repeat(63);
        assertEquals(new Command.Ehlo(name), parse("EHLO " + name));
        assertEquals(new Malformed(Problem.DOMAIN), parse("EHLO " + name + ".c"));
        assertEquals(new Malformed(Problem.DOMAIN), parse("EHLO " + "a".repeat(64)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "X",
                "EHL",
                "EHLOX a",
                "STARTTLSX",
                "STARTTL",
                "XSTARTTLS",
                "AUTHX LOGIN",
                "BDATX 5",
                "TURN",
                " EHLO a",
                "\u00c5HLO x"
            })
    void unknown_verbs(String line) {
        assertEquals(new Malformed(Problem.UNKNOWN_VERB), parse(line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAILFROM:<a@b>", "From: a@b", "Subject:", "X-Y:z", "Date: :", "DATA: x"})
    void lines_of_a_header(String line) {
        assertEquals(new Malformed(Problem.HEADER_FIELD), parse(line));
    }

    @Test
    void starttls_takes_nothing() {
        assertEquals(new Command.StartTls(), parse("StartTLS "));
        assertEquals(new Malformed(Problem.ARGUMENTS), parse("STARTTLS x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1",
                "POST /x HTTP/1.1",
                "get /",
                "OPTIONS * HTTP/1.1",
                "PRI * HTTP/2.0",
                "Host: x",
                "CONNECT a:25 HTTP/1.1",
                "HEAD /"
            })
    void verbs_of_http(String line) {
        assertEquals(new Malformed(Problem.FOREIGN_PROTOCOL), parse(line));
    }

    @Test
    void mail() {
        assertEquals(mail("a@b.example"), parse("MAIL FROM:<a@b.example>"));
        assertEquals(mail("a@b.example"), parse("mail from: <a@B.EXAMPLE> "));
        assertEquals(mail("a@b.example"), parse("MAIL FROM:a@b.example"));
        assertEquals(mail("a@b.example"), parse("MAIL FROM:<@x,@y.z:a@b.example>"));
        assertEquals(mail("a%c!d@b.example"), parse("MAIL FROM:<a%c!d@b.example>"));
        assertEquals(mail("\"a b\\\"@c\"@b.example"), parse("MAIL FROM:<\"a b\\\"@c\"@b.example>"));
        assertEquals(mail("a@[192.0.2.1]"), parse("MAIL FROM:<a@[192.0.2.1]>"));
        assertEquals(mail("a@[ipv6:2001:db8::1]"), parse("MAIL FROM:<a@[IPv6:2001:db8::1]>"));
        assertEquals(
                new Command.Mail(
                        ReversePath.NULL,
                        OptionalLong.empty(),
                        BodyType.SEVEN_BIT,
                        false,
                        Optional.empty(),
                        Optional.empty()),
                parse("MAIL FROM:<>"));
    }

    @Test
    void mail_with_parameters() {
        assertEquals(
                new Command.Mail(
                        ReversePath.of("a@b.example"),
                        OptionalLong.of(1234),
                        BodyType.EIGHT_BIT_MIME,
                        true,
                        Optional.of(Ret.HDRS),
                        Optional.of("QQ+2B314")),
                parse("MAIL FROM:<a@b.example> size=1234 BODY=8bitmime SMTPUTF8  RET=hdrs ENVID=QQ+2B314 AUTH=<>"));
        assertEquals(
                OptionalLong.of(Long.MAX_VALUE),
                assertInstanceOf(Command.Mail.class, parse("MAIL FROM:<> SIZE=99999999999999999999"))
                        .sizeBytes());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MAIL",
                "MAIL <a@b>",
                "MAIL FROM <a@b>",
                "MAIL TO:<a@b>",
                "MAIL FROM:<a@b> SIZE",
                "MAIL FROM:<a@b> SIZE=",
                "MAIL FROM:<a@b> SIZE=-1",
                "MAIL FROM:<a@b> SIZE=1x",
                "MAIL FROM:<a@b> SIZE=1 SIZE=1",
                "MAIL FROM:<a@b> BODY=9BIT",
                "MAIL FROM:<a@b> BODY",
                "MAIL FROM:<a@b> SMTPUTF8=1",
                "MAIL FROM:<a@b> RET=ALL",
                "MAIL FROM:<a@b> ENVID=",
                "MAIL FROM:<a@b> ENVID=a=b",
                "MAIL FROM:<a@b> ENVID=+0D+0A",
                "MAIL FROM:<a@b> ENVID=+2b",
                "MAIL FROM:<a@b> ENVID=+2",
                "MAIL FROM:<a@b> XFOO=1",
                "MAIL FROM:<a@b> NOTIFY=NEVER",
                "MAIL FROM:<a@b> =1",
                "MAIL FROM:<a@b>\tSIZE=1",
                "MAIL FROM:<a\u202e@b>",
                "MAIL FROM:<a\u00a0@b>",
                "MAIL FROM:<a\u2028@b>",
                "MAIL FROM:<a\u0085@b>",
                "MAIL FROM:<a@b> ENVID=\u00e4",
                "MAIL FROM:<a@b> AUTH",
                "DATA now",
                "QUIT 1",
                "RSET x"
            })
    void arguments_that_are_not_allowed(String line) {
        assertEquals(new Malformed(Problem.ARGUMENTS), parse(line));
    }

    @Test
    void an_envelope_id_may_have_100_octets() {
        assertInstanceOf(Command.Mail.class, parse("MAIL FROM:<> ENVID=" + "x".repeat(100)));
        assertEquals(new Malformed(Problem.ARGUMENTS), parse("MAIL FROM:<> ENVID=" + "x".repeat(101)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a>",
                "a",
                "<@b>",
                "<a@>",
                "<a@b",
                "a@b>",
                "<a@b>>",
                "<<a@b>>",
                "<a@b>x",
                "<a@b@c>",
                "<a b@c>",
                "<.a@b>",
                "<a.@b>",
                "<a..b@c>",
                "<a@b..c>",
                "<a@-b>",
                "<a@b->",
                "<a@b.>",
                "<a@b_c>",
                "<a@[1.2.3]>",
                "<a@[IPv6:1.2.3.4.5]>",
                "<a@[x:y]>",
                "<a@[1.2.3.4>",
                "<\"a@b>",
                "<\"a\"b@c>",
                "<\"a\\\">",
                "<@x:>",
                "<@x a@b>",
                "<@x,:a@b>",
                "<postmaster>",
                "< >",
                "<",
                "<a@b\\.c>",
                "<a,b@c>",
                "<a(c)@b>",
                "<a@b;c>",
                "<a@1.2.3.4]>",
                "<a@\uff0e>",
                "<a@company\uff0ecom>",
                "<a@company\u3002com>",
                "<a@company\uff61com>",
                "<a@company\u2024com>",
                "<a@b\u00fccher\u3002example>",
                "<a@\uff43ompany.com>",
                "<a\uff20b.c>",
                "<a@b\uff20c>",
                "<a@\u00e4-.example>",
                "<a@\ufffd.example>",
                "<a@xn--\u00e4.example>",
                ">",
                "<>x"
            })
    void senders_that_are_no_address(String path) {
        Command parsed = parse("MAIL FROM:" + path);
        assertEquals(new Malformed(Problem.SENDER), parsed, path);
    }

    @Test
    void local_part_64_domain_255_and_no_more() {
        String domain = ("d".repeat(62) + ".").repeat(4) + "abc";
        assertEquals(255, domain.length());
        assertInstanceOf(Command.Mail.class, parse("MAIL FROM:<" + "l".repeat(64) + "@" + domain + ">"));
        assertEquals(new Malformed(Problem.SENDER), parse("MAIL FROM:<" + "l".repeat(65) + "@" + domain + ">"));
        assertEquals(new Malformed(Problem.SENDER), parse("MAIL FROM:<l@" + domain + "d>"));
        assertEquals(new Malformed(Problem.SENDER), parse("MAIL FROM:<l@" + "d".repeat(64) + ">"));
    }

    @Test
    void rcpt() {
        assertEquals(
                new Command.Rcpt(Optional.of(EmailAddress.of("u@gmail.com")), Optional.empty(), Optional.empty()),
                parse("RCPT TO:<u@gmail.com>"));
        assertEquals(
                new Command.Rcpt(
                        Optional.of(EmailAddress.of("u@gmail.com")),
                        Notify.parse("SUCCESS,DELAY"),
                        Optional.of("rfc822;u+40gmail.com")),
                parse("rcpt to:<u@gmail.com> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;u+40gmail.com"));
        Command.Rcpt postmaster = assertInstanceOf(Command.Rcpt.class, parse("RCPT TO:<PostMaster> NOTIFY=NEVER"));
        assertEquals(Optional.empty(), postmaster.address());
        assertEquals(
                "postmaster@company.com",
                postmaster.recipient("company.com").address().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"<>", "", "<a>", "<a@b> <c@d>x@y@", "<a@b@c>", "<\"\r@b>"})
    void recipients_that_are_no_address(String path) {
        Malformed malformed = assertInstanceOf(Malformed.class, parse("RCPT TO:" + path));
        assertEquals(
                path.contains(" ") || path.contains("\r") ? Problem.ARGUMENTS : Problem.RECIPIENT, malformed.problem());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NOTIFY=",
                "NOTIFY=NEVER,DELAY",
                "NOTIFY=SOMETIMES",
                "NOTIFY=DELAY,DELAY",
                "NOTIFY=DELAY NOTIFY=DELAY",
                "ORCPT=x",
                "ORCPT=;x",
                "ORCPT=rfc822;",
                "ORCPT=rfc822;a+0Ab",
                "ORCPT=rf c;x",
                "ORCPT=rfc822;a=b",
                "SIZE=1",
                "RET=FULL",
                "ORCPT"
            })
    void rcpt_parameters_that_are_not_allowed(String parameters) {
        assertEquals(new Malformed(Problem.ARGUMENTS), parse("RCPT TO:<a@b> " + parameters));
    }

    @Test
    void an_original_recipient_may_have_500_octets() {
        assertInstanceOf(Command.Rcpt.class, parse("RCPT TO:<a@b> ORCPT=rfc822;" + "x".repeat(493)));
        assertEquals(new Malformed(Problem.ARGUMENTS), parse("RCPT TO:<a@b> ORCPT=rfc822;" + "x".repeat(494)));
    }

    @Test
    void nothing_makes_it_throw() {
        Random random = new Random(11);
        String[] starts = {"", "MAIL FROM:<", "RCPT TO:<", "EHLO ", "MAIL FROM:<a@b> ", "RCPT TO:<a@b> ", "RCPT TO:<\""
        };
        String alphabet = "ab@<>[]\".\\:;,=+ \t\r\n\0\u00e4-SIZEORCPTNOTIFY1%!";
        for (int round = 0; round < 200_000; round++) {
            StringBuilder line = new StringBuilder(starts[random.nextInt(starts.length)]);
            for (int i = random.nextInt(20); i > 0; i--) {
                line.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            parse(line.toString());
        }
    }

    private static Command mail(String sender) {
        return new Command.Mail(
                ReversePath.of(sender),
                OptionalLong.empty(),
                BodyType.SEVEN_BIT,
                false,
                Optional.empty(),
                Optional.empty());
    }

    private static Command parse(String line) {
        ByteBuf octets = Unpooled.copiedBuffer("##" + line + "##", StandardCharsets.UTF_8);
        return CommandParser.parse(octets, 2, octets.writerIndex() - 2);
    }
}
