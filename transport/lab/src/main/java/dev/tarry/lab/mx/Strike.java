package dev.tarry.lab.mx;

import dev.tarry.lab.fault.SmtpEffect;
import dev.tarry.lab.fault.SmtpStage;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// What becomes of a host's turn when a fault strikes at a stage.
///
/// @param recipients at `rcpt` the one being named; later all accepted ones
record Strike(HostMemory memory, String host, String client, SmtpStage stage, String sender, List<String> recipients) {
    /// Octets that a client takes for a whole positive reply.
    private static final Pattern POSITIVE =
            Pattern.compile("(?s)(?:([23])\\d\\d-[^\\r\\n]{0,500}\\r?\\n)*([23])\\d\\d(?: [^\\r\\n]{0,500})?\\r?\\n.*");

    /// @param truth what would have happened; asked for only if it does happen, perhaps in other words
    /// @param refused done when the host says no, or what the client cannot take for a yes
    Turn turn(SmtpEffect effect, Supplier<Turn> truth, Runnable refused) {
        return switch (effect) {
            case SmtpEffect.Reply(int code, var text) ->
                goesOn(code) ? truth.get().saying(reply(code, text)) : refuse(code, text, refused);
            case SmtpEffect.Raw(var octets) -> raw(octets, truth, refused);
            case SmtpEffect.Close() -> Turn.silent(new Turn.Next.Close());
            case SmtpEffect.Reset() -> Turn.silent(new Turn.Next.Reset());
            case SmtpEffect.HalfClose() -> Turn.silent(new Turn.Next.HalfClose());
            case SmtpEffect.Stall() -> Turn.silent(new Turn.Next.Stall());
            case SmtpEffect.Delay(var by) -> truth.get().after(by);
            case SmtpEffect.Drip(var by) -> truth.get().dripping(by);
            case SmtpEffect.Half(var then) -> truth.get().half(then);
            case SmtpEffect.Greylist(var delay, int code, var text) ->
                memory.greylisted(host, client, sender, recipients, delay) ? refuse(code, text, refused) : truth.get();
            case SmtpEffect.Limit limit ->
                memory.tooMuch(host, stage.name(), limit) ? refuse(limit.code(), limit.text(), refused) : truth.get();
            case SmtpEffect.Bounce bounce -> {
                var kept = truth.get();
                yield kept.next() instanceof Turn.Next.Keep(var envelope, var _, var _)
                        ? Turn.silent(new Turn.Next.Bounce(envelope, bounce))
                        : kept;
            }
        };
    }

    /// An odd 250 is the host's word; but no host says 354 for having kept a message.
    private boolean goesOn(int code) {
        return code < 300 || (code < 400 && stage != SmtpStage.EOD && stage != SmtpStage.KEPT);
    }

    private Turn raw(String octets, Supplier<Turn> truth, Runnable refused) {
        var reply = POSITIVE.matcher(octets);
        if (reply.matches() && goesOn(reply.group(2).equals("2") ? 200 : 300)) {
            return truth.get().saying(octets);
        }
        refused.run();
        return Turn.of(octets, stage == SmtpStage.QUIT ? new Turn.Next.Close() : new Turn.Next.GoOn());
    }

    /// 421 is a farewell (RFC 5321 §3.8), and so is every answer to QUIT.
    private Turn refuse(int code, String text, Runnable refused) {
        refused.run();
        return Turn.of(
                reply(code, text),
                code == 421 || stage == SmtpStage.QUIT ? new Turn.Next.Close() : new Turn.Next.GoOn());
    }

    /// Each line with the code before it.
    private static String reply(int code, String text) {
        var lines = text.split("\n", -1);
        var reply = new StringBuilder();
        for (int i = 0; i < lines.length; i++) {
            boolean last = i == lines.length - 1;
            reply.append(code)
                    .append(last ? lines[i].isEmpty() ? "" : " " : "-")
                    .append(lines[i])
                    .append("\r\n");
        }
        return Turn.octets(reply.toString());
    }

    /// For the journal.
    static String remark(SmtpStage stage, SmtpEffect effect) {
        return "fault at " + stage.name().toLowerCase(Locale.ROOT) + ": "
                + effect.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
}
