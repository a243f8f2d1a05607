package dev.tarry.receive;

import dev.tarry.mail.EmailAddress;

/// Says of a recipient whether it is ours. Asked on io loops, so it answers at once and from any thread.
@FunctionalInterface
public interface RecipientDirectory {
    /// What a recipient is to us.
    enum Standing {
        /// in an accepted domain, and nothing says that it isn't there
        ACCEPTED,
        /// in a domain whose recipients we know, and not among them
        UNKNOWN,
        /// in nobody's domain of ours
        FOREIGN
    }

    Standing standing(EmailAddress recipient);
}
