package dev.tarry.admin;

import dev.tarry.admin.OperationRefused.Reason;
import dev.tarry.queue.NextHopKey;
import dev.tarry.queue.QueueSettings;

/// How queued messages are named (reference §1.4): `MAIL\4\1099511627776` for the copy in one queue,
/// `MAIL\*\1099511627776` or the integer alone for all copies; the server may be left out.
///
/// @param queue     where
/// @param messageId which
record MessageIdentity(QueueIdentity queue, long messageId) {
    /// @throws OperationRefused if it has none of the forms, or names another server
    static MessageIdentity parse(String text, QueueSettings server) {
        int cut = text.lastIndexOf('\\');
        long id = number(text.substring(cut + 1), text);
        if (cut < 0) {
            return new MessageIdentity(new QueueIdentity.All(), id);
        }
        return new MessageIdentity(QueueIdentity.parse(text.substring(0, cut), server), id);
    }

    /// As it is printed.
    static String shown(long messageId, int queueId, NextHopKey queue, QueueSettings server) {
        return QueueIdentity.shown(queueId, queue, server) + "\\" + messageId;
    }

    private static long number(String text, String whole) {
        if (!text.isEmpty() && text.length() <= 19 && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException _) {
                // beyond 63 bits: refused below
            }
        }
        throw new OperationRefused(
                Reason.INVALID_IDENTITY,
                OperationRefused.quoted(whole) + " is no message identity; it looks like Server\\Queue\\Integer,"
                        + " Queue\\Integer or Integer, where Queue may be *");
    }
}
