package dev.tarry.lab.fault;

import java.util.Map;

/// Effects as words: the counterpart of the readers in [Forms].
final class EffectWords {
    private EffectWords() {}

    static void write(DnsEffect effect, Map<String, Object> words) {
        switch (effect) {
            case DnsEffect.NoAnswer() -> words.put("what", "noanswer");
            case DnsEffect.Delay(var by) -> {
                words.put("what", "delay");
                words.put("by", by.toString());
            }
            case DnsEffect.ServFail() -> words.put("what", "servfail");
            case DnsEffect.Refused() -> words.put("what", "refused");
            case DnsEffect.NotImp() -> words.put("what", "notimp");
            case DnsEffect.FormErr() -> words.put("what", "formerr");
            case DnsEffect.NxDomain() -> words.put("what", "nxdomain");
            case DnsEffect.NoRecords() -> words.put("what", "nodata");
            case DnsEffect.Lame() -> words.put("what", "lame");
            case DnsEffect.Truncate() -> words.put("what", "truncate");
            case DnsEffect.CnameLoop() -> words.put("what", "cnameloop");
            case DnsEffect.CnameChain(int length) -> {
                words.put("what", "cnamechain");
                words.put("length", length);
            }
            case DnsEffect.Ttl(long seconds) -> {
                words.put("what", "ttl");
                words.put("seconds", seconds);
            }
            case DnsEffect.Mx(var to) -> {
                words.put("what", "mx");
                words.put("to", to.word());
            }
            case DnsEffect.Many(int count) -> {
                words.put("what", "many");
                words.put("count", count);
            }
            case DnsEffect.Poison() -> words.put("what", "poison");
            case DnsEffect.Edns(var how) -> {
                words.put("what", "edns");
                words.put("how", how.word());
            }
            case DnsEffect.WrongId() -> words.put("what", "wrongid");
            case DnsEffect.WrongQuestion() -> words.put("what", "wrongquestion");
            case DnsEffect.WrongSource() -> words.put("what", "wrongsource");
            case DnsEffect.Stray(int count) -> {
                words.put("what", "stray");
                words.put("count", count);
            }
            case DnsEffect.Garbage() -> words.put("what", "garbage");
            case DnsEffect.Empty() -> words.put("what", "empty");
            case DnsEffect.Counts() -> words.put("what", "counts");
            case DnsEffect.Lengths() -> words.put("what", "lengths");
            case DnsEffect.Compression() -> words.put("what", "compression");
        }
    }

    static void write(ConnectEffect effect, Map<String, Object> words) {
        words.put(
                "what",
                switch (effect) {
                    case ConnectEffect.Refuse() -> "refuse";
                    case ConnectEffect.BlackHole() -> "blackhole";
                });
    }

    static void write(LinkEffect effect, Map<String, Object> words) {
        switch (effect) {
            case LinkEffect.Latency(var by) -> {
                words.put("what", "latency");
                words.put("by", by.toString());
            }
            case LinkEffect.Loss() -> words.put("what", "loss");
            case LinkEffect.Bandwidth(long octetsPerSecond) -> {
                words.put("what", "bandwidth");
                words.put("rate", octetsPerSecond);
            }
        }
    }

    static void write(SmtpEffect effect, Map<String, Object> words) {
        switch (effect) {
            case SmtpEffect.Reply(int code, var text) -> {
                words.put("what", "reply");
                reply(code, text, words);
            }
            case SmtpEffect.Raw(var octets) -> {
                words.put("what", "raw");
                words.put("text", octets);
            }
            case SmtpEffect.Close() -> words.put("what", "close");
            case SmtpEffect.Reset() -> words.put("what", "reset");
            case SmtpEffect.HalfClose() -> words.put("what", "halfclose");
            case SmtpEffect.Stall() -> words.put("what", "stall");
            case SmtpEffect.Delay(var by) -> {
                words.put("what", "delay");
                words.put("by", by.toString());
            }
            case SmtpEffect.Drip(var by) -> {
                words.put("what", "drip");
                words.put("by", by.toString());
            }
            case SmtpEffect.Half(var then) -> {
                words.put("what", "half");
                words.put("then", then.word());
            }
            case SmtpEffect.Greylist(var delay, int code, var text) -> {
                words.put("what", "greylist");
                words.put("wait", delay.toString());
                reply(code, text, words);
            }
            case SmtpEffect.Limit(int count, var per, int code, var text) -> {
                words.put("what", "limit");
                words.put("count", count);
                words.put("per", per.toString());
                reply(code, text, words);
            }
            case SmtpEffect.Bounce(var after, int code, var text) -> {
                words.put("what", "bounce");
                words.put("after", after.toString());
                reply(code, text, words);
            }
        }
    }

    static void write(TlsEffect effect, Map<String, Object> words) {
        switch (effect) {
            case TlsEffect.Strip() -> words.put("what", "strip");
            case TlsEffect.Refuse(int code, var text) -> {
                words.put("what", "refuse");
                reply(code, text, words);
            }
            case TlsEffect.Stall() -> words.put("what", "stall");
            case TlsEffect.Close() -> words.put("what", "close");
            case TlsEffect.Garbage() -> words.put("what", "garbage");
            case TlsEffect.Certificate(var kind) -> {
                words.put("what", "certificate");
                words.put("kind", kind.word());
            }
        }
    }

    static void write(StoreEffect effect, Map<String, Object> words) {
        switch (effect) {
            case StoreEffect.Fail() -> words.put("what", "fail");
            case StoreEffect.Full() -> words.put("what", "full");
            case StoreEffect.Slow(var by) -> {
                words.put("what", "slow");
                words.put("by", by.toString());
            }
            case StoreEffect.Torn() -> words.put("what", "torn");
            case StoreEffect.Lost() -> words.put("what", "lost");
            case StoreEffect.Corrupt() -> words.put("what", "corrupt");
        }
    }

    private static void reply(int code, String text, Map<String, Object> words) {
        words.put("code", code);
        words.put("text", text);
    }
}
