package dev.tarry.lab.fault;

import java.util.EnumSet;
import java.util.Set;

/// Which effects make sense at which stage of a session.
final class SmtpRules {
    private static final Set<SmtpStage> GREYLIST = EnumSet.of(SmtpStage.RCPT, SmtpStage.DATA, SmtpStage.EOD);

    private SmtpRules() {}

    static void check(Glob sender, Glob recipient, SmtpStage stage, SmtpEffect what) {
        if (!sender.anything() && !stage.knowsSender()) {
            throw new BadFault(
                    "sender",
                    "no sender is known at stage " + stage.word(),
                    "use a stage from mail to kept, or leave the sender out");
        }
        if (!recipient.anything() && !stage.knowsRecipient()) {
            throw new BadFault(
                    "recipient",
                    "no recipient is known at stage " + stage.word(),
                    "use a stage from rcpt to kept, or leave the recipient out");
        }
        switch (what) {
            case SmtpEffect.Greylist _ -> {
                if (!GREYLIST.contains(stage)) {
                    throw new BadFault("stage", "greylist at " + stage.word(), "rcpt, data or eod is needed");
                }
            }
            case SmtpEffect.Bounce _ -> {
                if (stage != SmtpStage.EOD) {
                    throw new BadFault("stage", "bounce at " + stage.word(), "eod is needed");
                }
            }
            case SmtpEffect.Delay _, SmtpEffect.Drip _, SmtpEffect.Half _ -> {
                if (!stage.answers()) {
                    throw new BadFault(
                            "stage", "nothing is answered at " + stage.word(), "use a stage that has an answer");
                }
            }
            case SmtpEffect.Limit _,
                    SmtpEffect.Reply _,
                    SmtpEffect.Raw _,
                    SmtpEffect.Close _,
                    SmtpEffect.Reset _,
                    SmtpEffect.HalfClose _,
                    SmtpEffect.Stall _ -> {}
        }
    }
}
