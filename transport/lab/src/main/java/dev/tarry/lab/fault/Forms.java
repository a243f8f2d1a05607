package dev.tarry.lab.fault;

import dev.tarry.lab.fault.Form.Place;
import dev.tarry.lab.fault.Form.Word;
import java.util.List;
import java.util.function.Function;

/// Everything that can be said, as a table: one row for each way of going wrong.
final class Forms {
    private static final Word CODE = new Word("code", true, "the reply code");
    private static final Word CODE_GIVEN = new Word("code", false, "the reply code");
    private static final Word TEXT = new Word("text", false, "what follows the code; \\n begins another line");

    private Forms() {}

    /// A row: what is said, and how it is read.
    record Row(Form form, Function<Words, Object> effect) {}

    static final List<Row> ALL = List.of(
            dns("noanswer", "It does not answer.", "dns noanswer server=8.8.8.8", _ -> new DnsEffect.NoAnswer()),
            dns(
                    "delay",
                    "It answers truly, but later.",
                    "dns delay by=3s server=8.8.8.8 protocol=udp",
                    words -> new DnsEffect.Delay(words.span("by")),
                    new Word("by", true, "how much later")),
            dns(
                    "servfail",
                    "It answers SERVFAIL.",
                    "dns servfail name=*.external-company.com type=MX server=8.8.8.8 first=3",
                    _ -> new DnsEffect.ServFail()),
            dns("refused", "It answers REFUSED.", "dns refused server=192.168.1.*", _ -> new DnsEffect.Refused()),
            dns("notimp", "It answers NOTIMP.", "dns notimp type=MX", _ -> new DnsEffect.NotImp()),
            dns("formerr", "It answers FORMERR.", "dns formerr server=1.1.1.1", _ -> new DnsEffect.FormErr()),
            dns(
                    "nxdomain",
                    "It says that the name does not exist.",
                    "dns nxdomain name=fabrikam.com",
                    _ -> new DnsEffect.NxDomain()),
            dns(
                    "nodata",
                    "It says that the name has nothing of that type.",
                    "dns nodata name=fabrikam.com type=MX",
                    _ -> new DnsEffect.NoRecords()),
            dns(
                    "lame",
                    "It points to others instead of answering, and is not authoritative.",
                    "dns lame name=*external-company.com",
                    _ -> new DnsEffect.Lame()),
            dns(
                    "truncate",
                    "Over UDP it sends nothing but TC; over TCP the truth.",
                    "dns truncate type=MX",
                    _ -> new DnsEffect.Truncate()),
            dns(
                    "cnameloop",
                    "It answers that the name and another are aliases of each other.",
                    "dns cnameloop name=fabrikam.com",
                    _ -> new DnsEffect.CnameLoop()),
            dns(
                    "cnamechain",
                    "It puts so many aliases before the truth.",
                    "dns cnamechain length=20 name=fabrikam.com",
                    words -> new DnsEffect.CnameChain(words.small("length")),
                    new Word("length", true, "how many aliases")),
            dns(
                    "ttl",
                    "It answers truly, but gives everything this time to live.",
                    "dns ttl seconds=0 name=gmail.com",
                    words -> new DnsEffect.Ttl(words.whole("seconds")),
                    new Word("seconds", true, "0 to 4294967295")),
            dns(
                    "mx",
                    "Asked for MX, it names a host of no use.",
                    "dns mx to=loopback name=fabrikam.com",
                    words -> new DnsEffect.Mx(words.oneOf("to", DnsEffect.MxTarget.class)),
                    new Word("to", true, "address, cname, nowhere, loopback, null (RFC 7505) or self")),
            dns(
                    "many",
                    "It adds records of no use to the truth, so many of its kind in all; over 64 KiB they are cut even over TCP.",
                    "dns many count=500 name=gmail.com type=MX",
                    words -> new DnsEffect.Many(words.small("count")),
                    new Word("count", true, "how many records in all")),
            dns(
                    "poison",
                    "It adds wrong addresses for names that nobody asked for.",
                    "dns poison name=fabrikam.com",
                    _ -> new DnsEffect.Poison()),
            dns(
                    "edns",
                    "It cannot bear a query with EDNS; without, it answers truly.",
                    "dns edns how=formerr server=8.8.8.8",
                    words -> new DnsEffect.Edns(words.oneOf("how", DnsEffect.EdnsFlaw.class)),
                    new Word("how", true, "formerr, notimp, badvers, silent or garbled")),
            dns("wrongid", "It answers with another id.", "dns wrongid server=8.8.8.8", _ -> new DnsEffect.WrongId()),
            dns(
                    "wrongquestion",
                    "It answers another question.",
                    "dns wrongquestion server=8.8.8.8",
                    _ -> new DnsEffect.WrongQuestion()),
            dns(
                    "wrongsource",
                    "It answers from another port; over TCP truly.",
                    "dns wrongsource server=8.8.8.8 protocol=udp",
                    _ -> new DnsEffect.WrongSource()),
            dns(
                    "stray",
                    "Stray datagrams (over TCP: messages) come before the true answer.",
                    "dns stray count=3",
                    words -> new DnsEffect.Stray(words.small("count", 1)),
                    new Word("count", false, "how many, 1 to 50; 1 if not given")),
            dns("garbage", "It answers with garbage.", "dns garbage server=1.1.1.1", _ -> new DnsEffect.Garbage()),
            dns(
                    "empty",
                    "It answers with a datagram (over TCP: a message) of no octets.",
                    "dns empty first=2",
                    _ -> new DnsEffect.Empty()),
            dns(
                    "counts",
                    "The header promises more records than there are.",
                    "dns counts name=gmail.com",
                    _ -> new DnsEffect.Counts()),
            dns(
                    "lengths",
                    "A record's length reaches past the end of the packet.",
                    "dns lengths name=gmail.com",
                    _ -> new DnsEffect.Lengths()),
            dns(
                    "compression",
                    "A compression pointer points at itself.",
                    "dns compression name=gmail.com",
                    _ -> new DnsEffect.Compression()),
            connect(
                    "refuse",
                    "The dial is refused at once.",
                    "connect refuse address=8.8.8.8 port=53 protocol=tcp",
                    _ -> new ConnectEffect.Refuse()),
            connect(
                    "blackhole",
                    "Nothing ever comes back.",
                    "connect blackhole host=*.google.com port=25",
                    _ -> new ConnectEffect.BlackHole()),
            link(
                    "latency",
                    "Everything arrives later, each way.",
                    "link latency by=150ms host=*.google.com",
                    words -> new LinkEffect.Latency(words.span("by")),
                    new Word("by", true, "how much later")),
            link(
                    "loss",
                    "It gets lost: a datagram for good, on a connection until it is sent again.",
                    "link loss address=8.8.8.8 protocol=udp probability=0.2 seed=7",
                    _ -> new LinkEffect.Loss()),
            link(
                    "bandwidth",
                    "No faster than so many octets a second, each way.",
                    "link bandwidth rate=8kB host=mail.fabrikam.com",
                    words -> new LinkEffect.Bandwidth(words.size("rate")),
                    new Word("rate", true, "octets a second of lab time")),
            smtp(
                    "reply",
                    "It says this instead.",
                    "smtp reply stage=rcpt code=550 text=\"5.1.1 No such user\" recipient=*@fabrikam.com",
                    words -> new SmtpEffect.Reply(words.small("code"), words.text("text", "")),
                    CODE,
                    TEXT),
            smtp(
                    "raw",
                    "It sends these octets instead of a reply.",
                    "smtp raw stage=mail text=\"25O OK\\r\\n\"",
                    words -> new SmtpEffect.Raw(words.text("text")),
                    new Word("text", true, "any, with \\r \\n \\t \\0 and \\xNN")),
            smtp(
                    "close",
                    "It closes without a word.",
                    "smtp close stage=content octets=1000",
                    _ -> new SmtpEffect.Close()),
            smtp("reset", "It resets the connection.", "smtp reset stage=data", _ -> new SmtpEffect.Reset()),
            smtp(
                    "halfclose",
                    "It ends its half of the connection, and still reads.",
                    "smtp halfclose stage=mail",
                    _ -> new SmtpEffect.HalfClose()),
            smtp(
                    "stall",
                    "It never answers, and keeps the connection.",
                    "smtp stall stage=banner host=mail.fabrikam.com",
                    _ -> new SmtpEffect.Stall()),
            smtp(
                    "delay",
                    "It answers truly, but later: a tarpit.",
                    "smtp delay stage=rcpt by=20s",
                    words -> new SmtpEffect.Delay(words.span("by")),
                    new Word("by", true, "how much later")),
            smtp(
                    "drip",
                    "It answers truly, but octet by octet.",
                    "smtp drip stage=ehlo by=1s",
                    words -> new SmtpEffect.Drip(words.span("by")),
                    new Word("by", true, "between two octets")),
            smtp(
                    "half",
                    "It sends half of the true answer.",
                    "smtp half stage=eod then=close",
                    words -> new SmtpEffect.Half(words.oneOf("then", SmtpEffect.Then.STALL)),
                    new Word("then", false, "stall or close; stall if not given")),
            smtp(
                    "greylist",
                    "It refuses until the same client, sender and recipient come back after a while.",
                    "smtp greylist stage=rcpt wait=5m",
                    words -> new SmtpEffect.Greylist(
                            words.span("wait"),
                            words.small("code", 451),
                            words.text("text", "4.7.1 Greylisted, please try again later")),
                    new Word("wait", true, "how long after the first attempt"),
                    CODE_GIVEN,
                    TEXT),
            smtp(
                    "limit",
                    "It refuses what is more than so many within any window of that length.",
                    "smtp limit stage=mail count=10 per=1h",
                    words -> new SmtpEffect.Limit(
                            words.small("count"),
                            words.span("per"),
                            words.small("code", 452),
                            words.text("text", "4.7.1 Too much mail, try again later")),
                    new Word("count", true, "how many are taken"),
                    new Word("per", true, "the window's length"),
                    CODE_GIVEN,
                    TEXT),
            smtp(
                    "bounce",
                    "It takes the message, and reports a failure to the sender later.",
                    "smtp bounce stage=eod after=10m recipient=nobody@fabrikam.com",
                    words -> new SmtpEffect.Bounce(
                            words.span("after"), words.small("code", 550), words.text("text", "5.1.1 User unknown")),
                    new Word("after", true, "how long after it was taken"),
                    CODE_GIVEN,
                    TEXT),
            tls("strip", "STARTTLS is not offered.", "tls strip host=*.google.com", _ -> new TlsEffect.Strip()),
            tls(
                    "refuse",
                    "STARTTLS is offered, and refused when asked for.",
                    "tls refuse code=454",
                    words -> new TlsEffect.Refuse(
                            words.small("code", 454),
                            words.text("text", "4.7.0 TLS not available due to temporary reason")),
                    CODE_GIVEN,
                    TEXT),
            tls(
                    "stall",
                    "After the 220 nothing comes.",
                    "tls stall host=mail.fabrikam.com",
                    _ -> new TlsEffect.Stall()),
            tls("close", "It closes when the handshake begins.", "tls close first=1", _ -> new TlsEffect.Close()),
            tls(
                    "garbage",
                    "It answers the handshake with octets that are no TLS.",
                    "tls garbage host=mail.fabrikam.com",
                    _ -> new TlsEffect.Garbage()),
            tls(
                    "certificate",
                    "It shows a certificate that no careful client believes.",
                    "tls certificate kind=expired host=mail.fabrikam.com",
                    words -> new TlsEffect.Certificate(words.oneOf("kind", TlsEffect.Flaw.class)),
                    new Word("kind", true, "expired, notyet, selfsigned, wrongname or unknownca")),
            store(
                    "fail",
                    "The operation fails; of a write nothing is promised.",
                    "store fail operation=commit first=1",
                    _ -> new StoreEffect.Fail()),
            store("full", "There is no space.", "store full until=+10m", _ -> new StoreEffect.Full()),
            store(
                    "slow",
                    "The operation takes so much longer.",
                    "store slow by=2s operation=commit",
                    words -> new StoreEffect.Slow(words.span("by")),
                    new Word("by", true, "how much longer")),
            store(
                    "torn",
                    "The write fails, and part of it stays behind.",
                    "store torn operation=commit every=100",
                    _ -> new StoreEffect.Torn()),
            store(
                    "lost",
                    "The write is reported as done, and is gone when the store is opened again.",
                    "store lost operation=commit",
                    _ -> new StoreEffect.Lost()),
            store(
                    "corrupt",
                    "A record comes back changed.",
                    "store corrupt operation=read family=meta first=1",
                    _ -> new StoreEffect.Corrupt()));

    private static Row dns(
            String what, String meaning, String example, Function<Words, DnsEffect> effect, Word... words) {
        return row(Place.DNS, what, meaning, example, effect::apply, words);
    }

    private static Row connect(String what, String meaning, String example, Function<Words, ConnectEffect> effect) {
        return row(Place.CONNECT, what, meaning, example, effect::apply);
    }

    private static Row link(
            String what, String meaning, String example, Function<Words, LinkEffect> effect, Word... words) {
        return row(Place.LINK, what, meaning, example, effect::apply, words);
    }

    private static Row smtp(
            String what, String meaning, String example, Function<Words, SmtpEffect> effect, Word... words) {
        return row(Place.SMTP, what, meaning, example, effect::apply, words);
    }

    private static Row tls(
            String what, String meaning, String example, Function<Words, TlsEffect> effect, Word... words) {
        return row(Place.TLS, what, meaning, example, effect::apply, words);
    }

    private static Row store(
            String what, String meaning, String example, Function<Words, StoreEffect> effect, Word... words) {
        return row(Place.STORE, what, meaning, example, effect::apply, words);
    }

    private static Row row(
            Place where, String what, String meaning, String example, Function<Words, Object> effect, Word... words) {
        return new Row(new Form(where, what, meaning, List.of(words), example), effect);
    }
}
