package dev.tarry.lab.dns;

import dev.tarry.lab.dns.NameServers.Asked;
import dev.tarry.lab.dns.Sending.Heard;
import dev.tarry.lab.dns.Sending.Parcel;
import dev.tarry.lab.fault.DnsEffect;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.xbill.DNS.DClass;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.TTL;
import org.xbill.DNS.Type;

/// Acts out what a server does instead of answering truly. Lives on the loop of the channel that brought the question.
///
/// Everything goes out as octets to who asked over a socket. A server of the lab that has passed the question on is
/// careful: silence, broken and stray octets it does not hear, a cut answer it asks for over TCP, what cannot bear
/// EDNS it asks without, a referral or a failure is no answer, and of records only those count that it asked for.
/// Lies in good order it passes on.
final class Mischief {
    private static final int PREFERENCE = 10;
    private static final long ROOT_TTL = 518_400;
    private static final Heard DEAF = new Heard.As(new Reply.Silence());

    private final Later later;
    private final BiConsumer<Asked, Consumer<Reply>> truth;
    private final Optional<Name> ourselves;

    /// @param truth what the server would say
    /// @param ourselves the name of the server under test, if it is known
    Mischief(Later later, BiConsumer<Asked, Consumer<Reply>> truth, Optional<String> ourselves) {
        this.later = later;
        this.truth = truth;
        this.ourselves = ourselves.map(name -> RecordText.name(name, "own host " + name));
    }

    /// Calls `then` once, now or when an alarm has rung.
    void act(DnsEffect effect, Asked asked, Consumer<Sending> then) {
        var name = asked.question().name();
        switch (effect) {
            case DnsEffect.NoAnswer() -> then.accept(Sending.of(new Reply.Silence()));
            case DnsEffect.Delay(var by) -> later.run(by, asked.loop(), () -> truly(asked, then));
            case DnsEffect.ServFail() -> then.accept(Sending.of(Reply.failed(Rcode.SERVFAIL)));
            case DnsEffect.Refused() -> then.accept(Sending.of(Reply.failed(Rcode.REFUSED)));
            case DnsEffect.NotImp() -> then.accept(Sending.of(Reply.failed(Rcode.NOTIMP)));
            case DnsEffect.FormErr() -> then.accept(Sending.of(Reply.failed(Rcode.FORMERR)));
            case DnsEffect.NxDomain() ->
                then.accept(no(asked, new Finding.NoSuchName(List.of(), RecordText.soa(name))));
            case DnsEffect.NoRecords() ->
                then.accept(no(asked, new Finding.NoSuchRecord(List.of(), RecordText.soa(name))));
            case DnsEffect.Lame() -> then.accept(Sending.of(upward()));
            case DnsEffect.Truncate() -> truncated(asked, then);
            case DnsEffect.CnameLoop() -> aliasLoop(asked, then);
            case DnsEffect.CnameChain(int length) ->
                lying(
                        asked,
                        then,
                        answered -> MadeUpNames.has(name)
                                ? answered
                                : MadeUpNames.chained(asked.question(), length, answered));
            case DnsEffect.Ttl(long seconds) -> ttl(seconds, asked, then);
            case DnsEffect.Mx(var to) -> mx(to, asked, then);
            case DnsEffect.Many(int count) ->
                lying(
                        asked,
                        then,
                        answered -> FalseRecords.many(answered, asked.question().type(), count));
            case DnsEffect.Poison() ->
                truly(
                        asked,
                        then,
                        answered -> Sending.of(FalseRecords.poisoned(answered, name), new Heard.As(answered)));
            case DnsEffect.Edns(var how) -> edns(how, asked, then);
            case DnsEffect.WrongId() -> spoilt(asked, then, "WRONGID", BrokenPackets::wrongId);
            case DnsEffect.WrongQuestion() -> spoilt(asked, then, "WRONGQUESTION", BrokenPackets::wrongQuestion);
            case DnsEffect.WrongSource() -> wrongSource(asked, then);
            case DnsEffect.Stray(int count) ->
                truly(
                        asked,
                        then,
                        answered -> Sending.spoilt(
                                answered,
                                "STRAY",
                                octets -> BrokenPackets.stray(octets, count),
                                new Heard.As(answered)));
            case DnsEffect.Garbage() -> spoilt(asked, then, "GARBAGE", BrokenPackets::garbage);
            case DnsEffect.Empty() -> spoilt(asked, then, "EMPTY", _ -> BrokenPackets.empty());
            case DnsEffect.Counts() -> spoilt(asked, then, "COUNTS", BrokenPackets::counts);
            case DnsEffect.Lengths() -> spoilt(asked, then, "LENGTHS", BrokenPackets::lengths);
            case DnsEffect.Compression() -> spoilt(asked, then, "COMPRESSION", BrokenPackets::compression);
        }
    }

    private void truly(Asked asked, Consumer<Sending> then) {
        truth.accept(asked, reply -> then.accept(Sending.of(reply)));
    }

    private void truly(Asked asked, Consumer<Sending> then, Function<Reply.Answered, Sending> made) {
        truth.accept(
                asked,
                reply -> then.accept(
                        switch (reply) {
                            case Reply.Silence _ -> Sending.of(reply);
                            case Reply.Answered answered -> made.apply(answered);
                        }));
    }

    /// In good order, and so passed on.
    private void lying(Asked asked, Consumer<Sending> then, UnaryOperator<Reply.Answered> lie) {
        truly(asked, then, answered -> Sending.of(lie.apply(answered)));
    }

    private void spoilt(Asked asked, Consumer<Sending> then, String outcome, Function<byte[], List<Parcel>> octets) {
        truly(asked, then, answered -> Sending.spoilt(answered, outcome, octets, DEAF));
    }

    private void wrongSource(Asked asked, Consumer<Sending> then) {
        switch (asked.protocol()) {
            case UDP -> spoilt(asked, then, "WRONGSOURCE", BrokenPackets::wrongSource);
            case TCP -> truly(asked, then);
        }
    }

    private void truncated(Asked asked, Consumer<Sending> then) {
        switch (asked.protocol()) {
            case UDP ->
                then.accept(Sending.spoilt(nothing(asked), "TRUNCATED", BrokenPackets::cut, new Heard.AskOverTcp()));
            case TCP -> truly(asked, then);
        }
    }

    private void aliasLoop(Asked asked, Consumer<Sending> then) {
        var name = asked.question().name();
        if (MadeUpNames.has(name)) {
            truly(asked, then);
            return;
        }
        then.accept(Sending.of(FalseRecords.with(nothing(asked), MadeUpNames.loop(name))));
    }

    /// With the top bit set it is no time to live, and whoever is careful takes it for 0 (RFC 2181 §8).
    private void ttl(long seconds, Asked asked, Consumer<Sending> then) {
        if (seconds <= TTL.MAX_VALUE) {
            lying(asked, then, answered -> FalseRecords.ttl(answered, seconds));
            return;
        }
        truly(asked, then, answered -> {
            var none = FalseRecords.ttl(answered, 0);
            return Sending.spoilt(none, "TTL", octets -> BrokenPackets.ttl(octets, seconds), new Heard.As(none));
        });
    }

    private void mx(DnsEffect.MxTarget to, Asked asked, Consumer<Sending> then) {
        if (asked.question().type() != Type.MX) {
            truly(asked, then);
            return;
        }
        var name = asked.question().name();
        switch (to) {
            case ADDRESS -> then.accept(oneMx(asked, PREFERENCE, MadeUpNames.ADDRESS));
            case CNAME -> lying(asked, then, answered -> FalseRecords.mxToAliases(answered, name));
            case NOWHERE -> then.accept(oneMx(asked, PREFERENCE, MadeUpNames.NOWHERE));
            case LOOPBACK -> then.accept(oneMx(asked, PREFERENCE, MadeUpNames.LOOPBACK));
            case NULL -> then.accept(oneMx(asked, 0, Name.root));
            case SELF ->
                ourselves.ifPresentOrElse(
                        self -> then.accept(oneMx(asked, PREFERENCE, self)), () -> truly(asked, then));
        }
    }

    private static Sending oneMx(Asked asked, int preference, Name host) {
        return Sending.of(FalseRecords.mx(nothing(asked), asked.question().name(), preference, host));
    }

    private void edns(DnsEffect.EdnsFlaw how, Asked asked, Consumer<Sending> then) {
        if (asked.question().message().getOPT() == null) {
            truly(asked, then);
            return;
        }
        switch (how) {
            case FORMERR -> then.accept(unextended(Rcode.FORMERR));
            case NOTIMP -> then.accept(unextended(Rcode.NOTIMP));
            case BADVERS -> then.accept(Sending.of(Reply.failed(Rcode.BADVERS), new Heard.AskWithoutEdns()));
            case SILENT -> then.accept(Sending.of(new Reply.Silence()));
            case GARBLED -> spoilt(asked, then, "GARBLED", BrokenPackets::garbledOpt);
        }
    }

    private static Sending unextended(int rcode) {
        return Sending.spoilt(
                Reply.failed(rcode), Rcode.string(rcode), BrokenPackets::withoutOpt, new Heard.AskWithoutEdns());
    }

    /// To the root, as from a server that has lost the zone.
    private static Reply.Answered upward() {
        return new Reply.Answered(
                false, Rcode.NOERROR, List.of(), Optional.empty(), List.of(root("a"), root("b")), List.of(), false);
    }

    private static NSRecord root(String letter) {
        return new NSRecord(Name.root, DClass.IN, ROOT_TTL, Name.fromConstantString(letter + ".root-servers.net."));
    }

    private static Sending no(Asked asked, Finding finding) {
        return Sending.of(authority(asked) ? Reply.of(finding, true).ofItself() : Reply.of(finding, false));
    }

    private static Reply.Answered nothing(Asked asked) {
        var nothing = new Reply.Answered(authority(asked), Rcode.NOERROR, List.of(), Optional.empty());
        return authority(asked) ? nothing.ofItself() : nothing;
    }

    /// Whether it would say this of itself; the resolvers have what they know from others.
    private static boolean authority(Asked asked) {
        return !NameServers.resolverAt(asked.server());
    }
}
