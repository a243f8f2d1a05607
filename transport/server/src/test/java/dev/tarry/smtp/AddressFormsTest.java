package dev.tarry.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.tarry.smtp.Command.Malformed;
import dev.tarry.smtp.Command.Problem;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every legal form of a recipient's address, and what comes of it; and the tricks that are none.
final class AddressFormsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "<user@company.com>                     | user@company.com",
                "user@company.com                       | user@company.com",
                "<User.Name@COMPANY.com>                | User.Name@company.com",
                "<user@[192.0.2.1]>                     | user@[192.0.2.1]",
                "<user@[IPv6:2001:db8::1]>              | user@[ipv6:2001:db8::1]",
                "<user@[IPv6:::ffff:192.0.2.1]>         | user@[ipv6:::ffff:192.0.2.1]",
                "<@a.example:user@company.com>          | user@company.com",
                "<@a.example,@b.example:user@company.com> | user@company.com",
                "<@b\u00fccher.example:user@company.com> | user@company.com",
                // quotes that mean nothing
                "<\"user\"@company.com>                 | user@company.com",
                "<\"us\\er\"@company.com>               | user@company.com",
                "<\"user.name\"@company.com>            | user.name@company.com",
                "<\"a%b!c\"@company.com>                | a%b!c@company.com",
                "<\"j\u00fcrgen\"@company.com>          | j\u00fcrgen@company.com",
                // quotes that are needed
                "<\"user name\"@company.com>            | \"user name\"@company.com",
                "<\"user\\ name\"@company.com>          | \"user name\"@company.com",
                "<\"user@evil.example\"@company.com>    | \"user@evil.example\"@company.com",
                "<\".user\"@company.com>                | \".user\"@company.com",
                "<\"us..er\"@company.com>               | \"us..er\"@company.com",
                "<\"a\\\"b\"@company.com>               | \"a\\\"b\"@company.com",
                "<\"a\\\\b\"@company.com>               | \"a\\\\b\"@company.com",
                "<\"a>b<c\"@company.com>                | \"a>b<c\"@company.com",
                "<\"\"@company.com>                     | \"\"@company.com",
                "<\"(c)\"@company.com>                  | \"(c)\"@company.com",
                // the domain is behind the last @ that stands outside quotes; what is before it decides nothing
                "<user%gmail.com@company.com>           | user%gmail.com@company.com",
                "<gmail.com!user@company.com>           | gmail.com!user@company.com",
                // other scripts
                "<j\u00fcrgen@b\u00fccher.example>      | j\u00fcrgen@b\u00fccher.example",
                "<J\u00dcRGEN@B\u00dcCHER.example>      | J\u00dcRGEN@b\u00fccher.example",
                "<a@xn--bcher-kva.example>              | a@xn--bcher-kva.example",
                "<\u7528\u6237@\u4f8b\u5b50.\u5e7f\u544a> | \u7528\u6237@\u4f8b\u5b50.\u5e7f\u544a",
                "<a@fa\u00df.de>                        | a@fa\u00df.de",
                "<a@bu\u0308cher.example>               | a@b\u00fccher.example",
                "<a@\u05d0\u05d1.example>               | a@\u05d0\u05d1.example",
                "<\ud83d\ude00@company.com>             | \ud83d\ude00@company.com",
                "<a\uff0eb@company.com>                 | a\uff0eb@company.com"
            })
    void legal(String path, String address) {
        Command.Rcpt rcpt = assertInstanceOf(Command.Rcpt.class, parse("RCPT TO:" + path), path);
        assertEquals(address, rcpt.address().orElseThrow().toString());
        assertEquals(rcpt, parse("RCPT TO:<" + address.replace("[ipv6", "[IPv6") + ">"), "it reads itself");
    }

    @Test
    void every_character_of_an_atom() {
        ok("a+b=c/d#e!f$g%h&i'j*k?l^m_n`o{p|q}r~s-t@b.c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<postmaster>", "<PostMaster>", "postmaster", "<\"postmaster\">"})
    void a_bare_postmaster(String path) {
        assertEquals(new Command.Rcpt(Optional.empty(), Optional.empty(), Optional.empty()), parse("RCPT TO:" + path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // two @
                "<user@evil.example@company.com>",
                "<user@company.com@evil.example>",
                "<@company.com@evil.example>",
                // comments, folding, names
                "<user(company.com)@company.com>",
                "<user@company.com(comment)>",
                "<user@(comment)company.com>",
                "User <user@company.com>",
                "<user @company.com>",
                "<user@ company.com>",
                // trailing and doubled dots, and dots of other scripts
                "<user@company.com.>",
                "<user@.company.com>",
                "<user@company..com>",
                "<user.@company.com>",
                "<user@company\uff0ecom>",
                "<user@company\u3002com>",
                "<user@company\uff61com>",
                "<user@company\u2024com>",
                "<user\uff20company.com>",
                "<user@company.com\uff20evil.example>",
                "<user@\uff43ompany.com>",
                "<user@company.co\u24dc>",
                "<user@-b\u00fccher.example>",
                "<user@xn--b\u00fccher.example>",
                "<user@b\u00fccher_x.example>",
                "<user@\u0301a.example>",
                "<user@a\u05d0.example>",
                "<user@\u0131\u200da.example>",
                // literals
                "<user@[192.0.2.1>",
                "<user@192.0.2.1]>",
                "<user@[192.0.2.256]>",
                "<user@[1.2.3]>",
                "<user@[0x7f.0.0.1]>",
                "<user@[2001:db8::1]>",
                "<user@[IPv6:fe80::1%eth0]>",
                "<user@[IPv6:[::1]]>",
                "<user@[company.com]>",
                "<user@[]>",
                // quotes in the wrong place
                "<\"user@company.com>",
                "<\"us\"er@company.com>",
                "<us\"er\"@company.com>",
                "<\"a\".\"b\"@company.com>",
                "<\"user\\\"@company.com>",
                "<user\\@evil.example@company.com>",
                // routes that lead nowhere
                "<@a.example>",
                "<@a.example:>",
                "<@a.example,:user@company.com>",
                "<a.example:user@company.com>",
                "<@a.example user@company.com>",
                "<>",
                "<user>",
                "<@>"
            })
    void illegal(String path) {
        Malformed malformed = assertInstanceOf(Malformed.class, parse("RCPT TO:" + path), path);
        assertEquals(path.startsWith("<") ? Problem.RECIPIENT : malformed.problem(), malformed.problem(), path);
    }

    /// Octets that are no UTF-8, or characters that would be seen otherwise than they are.
    @Test
    void unprintable() {
        for (String latin1 : new String[] {
            "\u00c0\u00ae", // a dot in two octets
            "\u00c1\u0080", // an @ in two octets
            "\u00ed\u00a0\u0080", // half a surrogate pair
            "\u00fc", // Latin-1
            "\u00f4\u0090\u0080\u0080", // beyond the last character
            "\u00e2\u0080\u00ae", // turns what follows around
            "\u00e2\u0080\u00a8", // a line end of Unicode's
            "\u00c2\u0085", // another
            "\u00c2\u00a0", // a space of another width
            "\u00c2\u00ad", // a hyphen that is not seen
            "\u00e2\u0080\u008b", // a space that is not
            "\u0000",
            "\u007f",
            "\t"
        }) {
            ByteBuf line = Unpooled.copiedBuffer("RCPT TO:<a" + latin1 + "@company.com>", StandardCharsets.ISO_8859_1);
            assertEquals(new Malformed(Problem.ARGUMENTS), CommandParser.parse(line, 0, line.writerIndex()), latin1);
        }
    }

    @Test
    void bounds_are_counted_in_octets_and_without_needless_quotes() {
        ok("l".repeat(64) + "@b.c");
        bad("l".repeat(65) + "@b.c");
        ok("\"" + "l".repeat(64) + "\"@b.c");
        bad("\"" + " ".repeat(63) + "\"@b.c");
        ok("\"" + " ".repeat(62) + "\"@b.c");
        ok("\u00fc".repeat(32) + "@b.c");
        bad("\u00fc".repeat(33) + "@b.c");
        ok("\ud83d\ude00".repeat(16) + "@b.c");
        bad("\ud83d\ude00".repeat(17) + "@b.c");
        bad("a@" + "d".repeat(64) + ".c");
        bad("a@" + "\u00fc".repeat(60) + ".c");
        String domain = ("d".repeat(62) + ".").repeat(4) + "abc";
        ok("l".repeat(64) + "@" + domain);
        bad("a@" + domain + "d");
        String route = "@" + ("r".repeat(61) + ".").repeat(4) + "r:";
        assertEquals(571, route.length() + 64 + 1 + domain.length());
        ok(route + "l".repeat(64) + "@" + domain);
        bad("@r" + route.substring(1) + "l".repeat(64) + "@" + domain);
    }

    @Test
    void an_original_recipient_outside_ascii_is_kept_in_ascii() {
        assertEquals("utf-8;j\\x{FC}rgen@b\\x{FC}cher.example", orcpt("utf-8;j\u00fcrgen@b\u00fccher.example"));
        assertEquals("UTF-8;\\x{1F600}+40x", orcpt("UTF-8;\ud83d\ude00+40x"));
        assertEquals("utf-8;j\\x{FC}rgen", orcpt("utf-8;j\\x{FC}rgen"));
        assertEquals("rfc822;user+40gmail.com", orcpt("rfc822;user+40gmail.com"));
        assertEquals("utf-8;j\\x{FC}rgen@x", orcpt("utf-8;j+C3+BCrgen@x"));
        assertEquals("utf-8;j\\x{FC}rgen\\x{2B}\\x{3D}\\x{20}\\x{5C}@x", orcpt("rfc822;j+C3+BCrgen+2B+3D+20+5C@x"));
        for (String none : new String[] {
            "rfc822;j\u00fcrgen",
            "rfc822;+C3",
            "rfc822;+C3+BC+0D+0A",
            "rfc822;+C3+BC+E2+80+AE",
            "\u00fctf;a",
            "utf-8;",
            "utf-8;a+0D",
            "utf-8;" + "\u00fc".repeat(90)
        }) {
            assertEquals(new Malformed(Problem.ARGUMENTS), parse("RCPT TO:<a@b> ORCPT=" + none), none);
        }
    }

    private static String orcpt(String value) {
        return assertInstanceOf(Command.Rcpt.class, parse("RCPT TO:<a@b> ORCPT=" + value))
                .originalRecipient()
                .orElseThrow();
    }

    private static void ok(String address) {
        assertInstanceOf(Command.Rcpt.class, parse("RCPT TO:<" + address + ">"), address);
    }

    private static void bad(String address) {
        assertEquals(new Malformed(Problem.RECIPIENT), parse("RCPT TO:<" + address + ">"), address);
    }

    private static Command parse(String line) {
        ByteBuf octets = Unpooled.copiedBuffer(line, StandardCharsets.UTF_8);
        return CommandParser.parse(octets, 0, octets.writerIndex());
    }
}
