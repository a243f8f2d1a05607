package dev.tarry.send;

import dev.tarry.config.SmtpSendSettings;
import java.time.Duration;

/// Settings for sending.
final class Sending {
    private Sending() {}

    /// The defaults of everything but the time-outs.
    static SmtpSendSettings waiting(
            Duration connect,
            Duration greeting,
            Duration command,
            Duration dataInit,
            Duration dataBlock,
            Duration dataEnd) {
        return new SmtpSendSettings(
                25,
                connect,
                greeting,
                command,
                dataInit,
                dataBlock,
                dataEnd,
                SmtpSendSettings.Handing.DEFAULT,
                SmtpSendSettings.Reaching.DEFAULT);
    }

    /// The same, handing over in this way.
    static SmtpSendSettings handing(SmtpSendSettings settings, SmtpSendSettings.Handing handing) {
        return new SmtpSendSettings(
                settings.port(),
                settings.connectTimeout(),
                settings.greetingTimeout(),
                settings.commandTimeout(),
                settings.dataInitTimeout(),
                settings.dataBlockTimeout(),
                settings.dataEndTimeout(),
                handing,
                settings.reaching());
    }
}
