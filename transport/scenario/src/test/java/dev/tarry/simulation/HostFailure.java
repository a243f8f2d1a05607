package dev.tarry.simulation;

import dev.tarry.lab.fault.BadFault;
import dev.tarry.lab.fault.ConnectEffect;
import dev.tarry.lab.fault.Fault;
import dev.tarry.lab.fault.FaultLine;
import dev.tarry.lab.fault.LinkEffect;
import dev.tarry.lab.fault.SmtpEffect;
import dev.tarry.lab.fault.SmtpStage;
import dev.tarry.lab.fault.TlsEffect;
import dev.tarry.simulation.HostWeather.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A way in which a host may go wrong, and what has to come of it: what the standards and the reference say, apart from
/// the code that is under test. Here stands a `switch` over each kind of effect, so that a new one must be thought of.
///
/// @param line  the fault, aimed at bob where the stage knows recipients, at alice's message where it knows senders
/// @param also  other faults that it takes to get there
record HostFailure(String line, List<String> also, Fault fault) {
    /// What becomes of mail.
    ///
    /// @param words what LastError, or the status of who was touched, ends with, behind the profile's sentence
    /// @param told  whether the sender gets a report
    /// @param again whether the host had it, so that it comes twice
    /// @param clear whether TLS fails, so that another connection brings it in the clear
    record Outcome(Size size, String words, boolean told, boolean again, boolean clear) {
        static final Outcome FINE = new Outcome(Size.NOTHING, "", false, false);
        static final Outcome CLEAR = new Outcome(Size.NOTHING, "", false, false, true);

        Outcome(Size size, String words, boolean told, boolean again) {
            this(size, words, told, again, false);
        }

        static Outcome waits(String words) {
            return new Outcome(Size.DESTINATION, words, false, false);
        }
    }

    static final String LOST = "421 4.4.2 Connection dropped due to ConnectionReset";
    static final String SILENT = "421 4.4.2 Connection dropped due to TimedOut";
    static final String UNABLE = "421 4.2.1 Unable to connect -> ";

    /// In every stage where the lab can say them.
    private static final List<String> EFFECTS = List.of(
            "reply code=250 text=\"2.0.0 yes\"",
            "reply code=354 text=\"go on\"",
            "reply code=421 text=\"4.3.2 closing\"",
            "reply code=451 text=\"4.3.0 not now\"",
            "reply code=550 text=\"5.7.1 never\"",
            "raw text=\"25O OK\\r\\n\"",
            "close",
            "reset",
            "halfclose",
            "stall",
            "delay by=20s",
            "delay by=20m",
            "drip by=1m",
            "half then=stall",
            "half then=close",
            "greylist wait=2h",
            "limit count=0 per=1h",
            "bounce after=20m");

    private static final List<String> OTHERS = List.of(
            "connect refuse port=25",
            "connect blackhole port=25",
            "link latency by=2s port=25",
            "link latency by=20m port=25",
            "link loss port=25 probability=0.3",
            "link bandwidth rate=100 port=25",
            "tls strip",
            "tls refuse",
            "tls stall",
            "tls close",
            "tls garbage",
            "tls certificate kind=expired",
            "tls certificate kind=notyet",
            "tls certificate kind=selfsigned",
            "tls certificate kind=wrongname",
            "tls certificate kind=unknownca");

    static List<HostFailure> all() {
        List<HostFailure> all = new ArrayList<>();
        OTHERS.forEach(line -> all.add(of(line, List.of())));
        for (SmtpStage stage : SmtpStage.values()) {
            for (String effect : EFFECTS) {
                try {
                    all.add(at(stage, effect));
                } catch (BadFault _) {
                    // it makes no sense there, and cannot be said
                }
            }
        }
        return all;
    }

    private static HostFailure at(SmtpStage stage, String effect) {
        String whom = switch (stage) {
            case BANNER, EHLO, HELO, STARTTLS, AUTH, BETWEEN, RSET, QUIT -> "";
            case MAIL, DATA, CONTENT, EOD -> " sender=alice@*";
            case RCPT -> " recipient=bob@*";
            case KEPT -> " sender=alice@* first=1";
        };
        List<String> also = switch (stage) {
            case HELO -> List.of("smtp reply stage=ehlo code=502 text=\"5.5.1 what?\"");
            case RSET -> List.of("smtp reply stage=rcpt sender=alice@* code=550 text=\"5.1.1 nobody\"");
            default -> List.of();
        };
        int words = effect.indexOf(' ');
        String stageWord = " stage=" + stage.name().toLowerCase(Locale.ROOT);
        return of(
                "smtp "
                        + (words < 0
                                ? effect + stageWord
                                : effect.substring(0, words) + stageWord + effect.substring(words))
                        + whom,
                also);
    }

    static HostFailure of(String line, List<String> also) {
        return new HostFailure(line, also, FaultLine.read(line, Simulation.START));
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>(also);
        lines.add(line);
        return lines;
    }

    Outcome outcome() {
        return switch (fault) {
            case Fault.Connect(var _, ConnectEffect what, var _) ->
                switch (what) {
                    case ConnectEffect.Refuse _ ->
                        Outcome.waits(UNABLE + "SocketConnectionRefused: Socket error code 10061");
                    case ConnectEffect.BlackHole _ -> Outcome.waits(UNABLE + "SocketTimedout: Socket error code 10060");
                };
            case Fault.Link(var _, LinkEffect what, var _) ->
                switch (what) {
                    // the dial itself takes so long
                    case LinkEffect.Latency(var by)
                    when by.toSeconds() > 60 -> Outcome.waits(UNABLE + "SocketTimedout: Socket error code 10060");
                    case LinkEffect.Latency _, LinkEffect.Bandwidth _ -> Outcome.FINE;
                    case LinkEffect.Loss _ -> Outcome.CLEAR; // octets that come late come too late for a handshake
                };
            case Fault.Tls(var _, TlsEffect what, var _) ->
                // nobody demands TLS: where it cannot be had mail goes in the clear, and certificates are not looked at
                switch (what) {
                    case TlsEffect.Strip _, TlsEffect.Refuse _, TlsEffect.Certificate _ -> Outcome.FINE;
                    case TlsEffect.Stall _, TlsEffect.Close _, TlsEffect.Garbage _ -> Outcome.CLEAR;
                };
            case Fault.Smtp smtp -> smtp(smtp.stage(), smtp.what());
            case Fault.Dns _, Fault.Store _ -> throw new IllegalStateException("not a host's: " + line);
        };
    }

    private static Outcome smtp(SmtpStage stage, SmtpEffect what) {
        return switch (stage) {
            case STARTTLS -> startTls(what);
            // not asked for by a connector that demands nothing
            case AUTH -> Outcome.FINE;
            // nothing is lost, and nobody waits; but a host that goes dumb leaves the next message waiting
            case BETWEEN -> what instanceof SmtpEffect.Stall ? Outcome.waits(SILENT) : Outcome.FINE;
            case QUIT -> Outcome.FINE;
            // alice's was refused before that; what the host makes of RSET touches nobody
            case RSET -> new Outcome(Size.MESSAGE, "550 5.1.1 nobody", true, false);
            case BANNER, EHLO, HELO, MAIL, RCPT, DATA, CONTENT, EOD -> hit(stage, what);
            case KEPT -> kept(hit(SmtpStage.EOD, what));
        };
    }

    /// Where TLS is refused it is done without; a host that is gone before it has answered is gone as at any other
    /// time.
    private static Outcome startTls(SmtpEffect what) {
        return switch (what) {
            // the host begins TLS with what we take for a refusal, and can make nothing of what follows
            case SmtpEffect.Reply(int code, var _) when code == 354 -> Outcome.waits(LOST);
            case SmtpEffect.Reply(int code, String text) when code == 421 -> Outcome.waits(code + " " + text);
            case SmtpEffect.Reply _, SmtpEffect.Greylist _, SmtpEffect.Limit _, SmtpEffect.Bounce _ -> Outcome.FINE;
            default -> hit(SmtpStage.STARTTLS, what);
        };
    }

    /// The host has it, and does not say so in time: the only case in which mail comes twice.
    private static Outcome kept(Outcome unkept) {
        return new Outcome(
                unkept.size(), unkept.words(), unkept.told(), unkept.size() != Size.NOTHING && !unkept.told());
    }

    private static Outcome hit(SmtpStage stage, SmtpEffect what) {
        return switch (what) {
            case SmtpEffect.Reply(int code, String text) -> said(stage, code, code + " " + text);
            case SmtpEffect.Raw _ -> Outcome.waits("25O OK");
            case SmtpEffect.Close _, SmtpEffect.Reset _, SmtpEffect.HalfClose _ -> Outcome.waits(LOST);
            case SmtpEffect.Stall _ -> Outcome.waits(SILENT);
            case SmtpEffect.Delay(var by) when by.toMinutes() < 1 -> Outcome.FINE;
            case SmtpEffect.Delay _, SmtpEffect.Drip _ -> Outcome.waits(SILENT);
            case SmtpEffect.Half(SmtpEffect.Then then) ->
                Outcome.waits(
                        switch (then) {
                            case STALL -> SILENT;
                            case CLOSE -> LOST;
                        });
            case SmtpEffect.Greylist(var _, int code, String text) -> said(stage, code, code + " " + text);
            case SmtpEffect.Limit(var _, var _, int code, String text) -> said(stage, code, code + " " + text);
            // the report comes from the host, long after
            case SmtpEffect.Bounce _ -> new Outcome(Size.NOTHING, "", true, false);
        };
    }

    /// A reply in the place of the true one.
    private static Outcome said(SmtpStage stage, int code, String reply) {
        if (code == 421) {
            return Outcome.waits(reply); // RFC 5321 §3.8: the host, not the message
        }
        if (code == 250) {
            return switch (stage) {
                case DATA -> Outcome.waits(reply + "\" in answer to DATA");
                default -> Outcome.FINE; // in the middle of a short message too: its end is there already
            };
        }
        if (code == 354) {
            return switch (stage) {
                case DATA -> Outcome.FINE;
                case BANNER, EHLO, HELO -> Outcome.waits(reply + "\" in greeting");
                // the host takes the message all the same
                case CONTENT -> new Outcome(Size.DESTINATION, reply + "\" in answer to the end of data", false, true);
                case EOD -> Outcome.waits(reply + "\" in answer to the end of data");
                default -> Outcome.waits(reply + "\" in answer to " + stage);
            };
        }
        return switch (stage) {
            case BANNER, HELO -> Outcome.waits(reply); // also a 5xx: another time it may be different
            case EHLO -> code >= 500 ? Outcome.FINE : Outcome.waits(reply); // HELO is understood (RFC 5321 §3.2)
            case RCPT -> new Outcome(Size.RECIPIENT, reply, code >= 500, false);
            default -> new Outcome(Size.MESSAGE, reply, code >= 500, false);
        };
    }
}
