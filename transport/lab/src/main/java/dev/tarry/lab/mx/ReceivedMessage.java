package dev.tarry.lab.mx;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/// A message that a lab host took, without its content.
///
/// @param id unique within the lab, rising; also in the host's 250
/// @param received lab time of the final dot
/// @param host the name of the host
/// @param hostAddress the address it was dialled at, in the lab's world
/// @param clientAddress who sent it, as the socket says
/// @param heloName what followed EHLO or HELO
/// @param esmtp whether it was EHLO
/// @param mailFrom the reverse-path without brackets; empty: the null sender
/// @param mailParameters what followed it, word for word, such as `SIZE=1000`, `RET=HDRS`
/// @param recipients in the order in which they were accepted
/// @param sizeBytes octets of the content, dot-stuffing undone
public record ReceivedMessage(
        String id,
        Instant received,
        String host,
        String hostAddress,
        String clientAddress,
        String heloName,
        boolean esmtp,
        String mailFrom,
        List<String> mailParameters,
        List<Recipient> recipients,
        long sizeBytes) {
    /// @param address the forward-path without brackets
    /// @param parameters what followed it, word for word, such as `NOTIFY=SUCCESS,FAILURE`
    public record Recipient(String address, List<String> parameters) {
        public Recipient {
            Objects.requireNonNull(address, "address");
            parameters = List.copyOf(parameters);
        }
    }

    public ReceivedMessage {
        mailParameters = List.copyOf(mailParameters);
        recipients = List.copyOf(recipients);
    }
}
