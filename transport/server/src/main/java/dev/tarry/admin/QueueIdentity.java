package dev.tarry.admin;

import dev.tarry.admin.OperationRefused.Reason;
import dev.tarry.queue.NextHopKey;
import dev.tarry.queue.QueueSettings;
import dev.tarry.queue.QueueView;
import dev.tarry.store.MessageStore;

/// How queues are named (reference §1.4): `MAIL\4`, `4`, `MAIL\Submission`, `external-company.com`,
/// `MAIL\Shadow\7`, `*`; the server before the backslash may be left out, with or without the backslash.
sealed interface QueueIdentity {
    /// `*`, or a server's name with nothing behind it.
    record All() implements QueueIdentity {}

    /// By integer.
    record Numbered(int id) implements QueueIdentity {}

    /// By NextHopDomain, or one of `Submission`, `Unreachable`, `Poison`.
    record Named(String name) implements QueueIdentity {}

    /// A shadow queue; there are none.
    record Shadow(int id) implements QueueIdentity {}

    /// @throws OperationRefused if it has none of the forms, or names another server
    static QueueIdentity parse(String text, QueueSettings server) {
        int cut = text.indexOf('\\');
        boolean shadow = text.regionMatches(true, 0, "Shadow\\", 0, 7);
        if (cut >= 0 && !shadow) {
            requireThisServer(text.substring(0, cut), server);
            return local(text.substring(cut + 1), text);
        }
        return local(text, text);
    }

    /// The part after the server's name.
    private static QueueIdentity local(String name, String whole) {
        if (name.equals("*")) {
            return new All();
        }
        if (name.regionMatches(true, 0, "Shadow\\", 0, 7) && isNumber(name.substring(7))) {
            return new Shadow(number(name.substring(7), whole));
        }
        if (name.isBlank() || name.indexOf('\\') >= 0) {
            throw new OperationRefused(
                    Reason.INVALID_IDENTITY,
                    OperationRefused.quoted(whole)
                            + " is no queue identity; it looks like Server\\Queue, where Queue is an"
                            + " integer, a next hop domain, Submission, Unreachable, Poison or *");
        }
        return isNumber(name) ? new Numbered(number(name, whole)) : new Named(name);
    }

    static void requireThisServer(String name, QueueSettings server) {
        if (!name.isEmpty() && !name.equalsIgnoreCase(server.computerName()) && !name.equalsIgnoreCase(server.fqdn())) {
            throw new OperationRefused(
                    Reason.UNKNOWN_QUEUE,
                    "the server " + OperationRefused.quoted(name) + " is not this one, which is "
                            + server.computerName());
        }
    }

    /// Whether a queue is meant.
    default boolean means(QueueView queue) {
        return switch (this) {
            case All _ -> true;
            // the persistent queues go by their names
            case Numbered(int id) -> queue.id() == id && id >= MessageStore.FIRST_DYNAMIC_QUEUE;
            case Named(String name) ->
                queue.key().persistent()
                        ? name.equalsIgnoreCase(queue.key().queueName(queue.id()))
                        : name.equalsIgnoreCase(queue.key().nextHopDomain());
            case Shadow _ -> false;
        };
    }

    /// As it is printed: `MAIL\4`, `MAIL\Submission`.
    static String shown(int id, NextHopKey key, QueueSettings server) {
        return server.computerName() + "\\" + key.queueName(id);
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static int number(String text, String whole) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException _) {
            throw new OperationRefused(Reason.UNKNOWN_QUEUE, "there is no queue " + OperationRefused.quoted(whole));
        }
    }
}
