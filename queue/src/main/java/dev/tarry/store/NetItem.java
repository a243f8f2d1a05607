package dev.tarry.store;

import java.util.List;
import java.util.UUID;

/// What Safety Net keeps of a delivery (reference §9.5): enough to send the message to the same recipients once more.
///
/// @param place       when, and which of that moment's
/// @param destination whose delivery it was: the next hop's GUID, for a mailbox the database's
/// @param message     as it was delivered; its content is shared with the mailboxes
/// @param recipients  those who got it then; at least one
public record NetItem(Place place, UUID destination, MessageRecord message, List<RecipientRecord> recipients) {
    public NetItem {
        recipients = List.copyOf(recipients);
    }

    /// Where it stands: in the order of time.
    ///
    /// @param deliveredMillis lab time
    /// @param messageId       the message's integer
    /// @param part            tells deliveries of one message in one moment apart
    public record Place(long deliveredMillis, long messageId, int part) {
        /// Before everything that is kept.
        public static final Place FIRST = new Place(0, 0, 0);

        /// The next one there can be.
        public Place next() {
            return part < Integer.MAX_VALUE
                    ? new Place(deliveredMillis, messageId, part + 1)
                    : new Place(deliveredMillis, messageId + 1, 0);
        }
    }
}
