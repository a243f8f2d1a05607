package dev.tarry.send;

import dev.tarry.mail.Reply;
import java.util.List;

/// Told how an attempt goes, on the io loop of its connection. Must not block.
///
/// Every message that the source gave out comes back exactly once, by [#finished] or [#untried]; after [#ended]
/// comes nothing, except an [#untried] for a message that the source gives out too late.
public interface SendListener {
    /// A host cannot be used; the next one is tried.
    ///
    /// @param words what ended it, as LastError would have it
    /// @param why   the same as a class
    default void hostFailed(Target target, Reply words, SendMeter.Trouble why) {}

    /// TLS was begun with a host without the certificate that the connector is to show.
    ///
    /// @param what is missing, for people
    default void certificateMissing(Target target, String what) {}

    /// TLS with a host came to nothing, and was not required: the host is dialled again, and gets its mail in the
    /// clear.
    ///
    /// @param why what TLS came to, on one line
    default void inTheClear(Target target, String why) {}

    /// A host has greeted and takes mail.
    void connected(Target target);

    /// A message has been tried.
    ///
    /// @param outcomes one for each recipient, in the order of the envelope
    void finished(OutgoingMessage message, Target target, List<RecipientOutcome> outcomes);

    /// A message was not tried: no host has heard of it.
    void untried(OutgoingMessage message);

    /// The attempt is over. Once.
    void ended(SendEnd end);
}
