package dev.tarry.store;

import dev.tarry.mail.Envelope.BodyType;
import dev.tarry.mail.Envelope.Ret;
import dev.tarry.mail.ReversePath;
import dev.tarry.mail.Submitter;
import java.util.Optional;
import java.util.UUID;

/// What all copies of one message share; written once, when it is accepted.
///
/// @param id                the message integer, [dev.tarry.mail.MessageIds]
/// @param networkMessageId  given at receipt, never changes
/// @param internetMessageId the Message-ID header with its angle brackets
/// @param subject           the decoded Subject header; empty if none; at most 1,000 characters
/// @param sender            the reverse-path
/// @param originalSender    who sent the message that this one is about (a DSN's), else absent
/// @param body              BODY= of MAIL
/// @param smtpUtf8          whether the envelope or header needs SMTPUTF8
/// @param ret               RET=, absent if not given
/// @param envelopeId        ENVID= as given (xtext)
/// @param receivedMillis    when it was accepted, lab time, milliseconds since the epoch
/// @param expiresMillis     when it expires
/// @param sourceName        `SMTP:Default Frontend MAIL`, `DSN`, … (MessageSourceName, reference §1.8)
/// @param sourceIp          the client's address, empty if none
/// @param heloName          what the client called itself, empty if none
/// @param priority          0 High, 1 Normal, 2 Low
/// @param headerBytes       octets of the header, its ending empty line included; at most the content's size
/// @param content           its octets
/// @param receivingMillis   how long it took to come in, from DATA to its acceptance, in real time; 0 if it came in no
///     session, or that is not known
/// @param submitter         who handed it in; SYSTEM also where an earlier version has not said
public record MessageRecord(
        long id,
        UUID networkMessageId,
        String internetMessageId,
        String subject,
        ReversePath sender,
        Optional<ReversePath> originalSender,
        BodyType body,
        boolean smtpUtf8,
        Optional<Ret> ret,
        Optional<String> envelopeId,
        long receivedMillis,
        long expiresMillis,
        String sourceName,
        String sourceIp,
        String heloName,
        int priority,
        int headerBytes,
        ContentRef content,
        long receivingMillis,
        Submitter submitter) {}
