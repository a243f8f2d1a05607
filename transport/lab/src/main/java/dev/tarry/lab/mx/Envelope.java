package dev.tarry.lab.mx;

import java.time.Instant;
import java.util.List;

/// What was said before the content. The parts are those of [ReceivedMessage].
record Envelope(
        String host,
        String hostAddress,
        String clientAddress,
        String heloName,
        boolean esmtp,
        String mailFrom,
        List<String> mailParameters,
        List<ReceivedMessage.Recipient> recipients) {
    ReceivedMessage received(String id, Instant at, long sizeBytes) {
        return new ReceivedMessage(
                id,
                at,
                host,
                hostAddress,
                clientAddress,
                heloName,
                esmtp,
                mailFrom,
                mailParameters,
                recipients,
                sizeBytes);
    }
}
