package dev.tarry.pickup;

import dev.tarry.mail.Envelope;
import dev.tarry.mail.Recipient;
import dev.tarry.mail.ReversePath;
import java.util.List;
import java.util.Optional;

/// What a file's header makes of it.
///
/// @param sender     the reverse-path
/// @param body       BODY=; 8BITMIME at least if the message turns out to have such octets
/// @param smtpUtf8   as in [Envelope]
/// @param ret        as in [Envelope]
/// @param envelopeId as in [Envelope]
/// @param recipients at least one, each once
/// @param kept       the fields that stay, each with its line ends, one character an octet
/// @param source     MessageSourceName
/// @param clientIp   SourceIP, empty if none
/// @param helo       what the client called itself, empty if none
record Prepared(
        ReversePath sender,
        Envelope.BodyType body,
        boolean smtpUtf8,
        Optional<Envelope.Ret> ret,
        Optional<String> envelopeId,
        List<Recipient> recipients,
        String kept,
        String source,
        String clientIp,
        String helo) {
    Envelope envelope(boolean eightBit) {
        Envelope.BodyType type =
                eightBit && body == Envelope.BodyType.SEVEN_BIT ? Envelope.BodyType.EIGHT_BIT_MIME : body;
        return new Envelope(sender, type, smtpUtf8, ret, envelopeId, recipients);
    }
}
