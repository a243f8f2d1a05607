package dev.tarry.admin;

import dev.tarry.admin.OperationRefused.Reason;
import dev.tarry.mail.EmailAddress;
import dev.tarry.queue.Resubmissions;
import dev.tarry.store.ResubmitRecord;
import dev.tarry.store.ResubmitRecord.Wanted;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// What Add-, Get-, Set- and Remove-ResubmitRequest do (reference §2.4, §9.5). Thread-safe; blocking, not for a loop.
public final class ResubmitOperations {
    private static final Set<String> TAKEN =
            Set.of("Destination", "Sender", "Recipient", "MessageId", "ResubmitTo", "StartTime", "EndTime");

    private final Resubmissions resubmissions;
    private final Supplier<UUID> database;
    private final Supplier<String> server;
    private final InstantSource labTime;

    /// @param database the GUID of the mailbox database that there is
    /// @param server   the computer's short name
    public ResubmitOperations(
            Resubmissions resubmissions, Supplier<UUID> database, Supplier<String> server, InstantSource labTime) {
        this.resubmissions = resubmissions;
        this.database = database;
        this.server = server;
        this.labTime = labTime;
    }

    /// Get-ResubmitRequest: all, oldest first.
    public List<SequencedMap<String, Object>> list() {
        return answer(resubmissions.all()).stream().map(this::bag).toList();
    }

    /// @throws OperationRefused if there is none of this identity
    public SequencedMap<String, Object> get(String identity) {
        int id = id(identity);
        return answer(resubmissions.all()).stream()
                .filter(request -> request.id() == id)
                .findFirst()
                .map(this::bag)
                .orElseThrow(() -> unknown(identity));
    }

    /// Add-ResubmitRequest.
    ///
    /// @param wanted property to value: StartTime and EndTime, and Destination or any of Sender, Recipient,
    /// MessageId and ResubmitTo
    /// @throws OperationRefused saying what is wrong
    public SequencedMap<String, Object> add(Map<String, ?> wanted) {
        wanted.keySet().stream()
                .filter(name -> !TAKEN.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw refused(OperationRefused.quoted(name) + " is not a property of a resubmit request");
                });
        Instant start = moment(wanted, "StartTime");
        Instant end = moment(wanted, "EndTime");
        if (!start.isBefore(end)) {
            throw refused("StartTime has to be before EndTime");
        }
        if (end.isAfter(labTime.instant())) {
            throw refused("EndTime lies ahead: only what has been delivered can be sent once more (lab time is "
                    + labTime.instant() + ")");
        }
        Optional<UUID> destination = text(wanted, "Destination").map(this::database);
        Wanted asked = new Wanted(
                destination,
                address(wanted, "Sender"),
                address(wanted, "Recipient"),
                text(wanted, "MessageId").map(id -> id.startsWith("<") ? id : "<" + id + ">"),
                address(wanted, "ResubmitTo"),
                start.toEpochMilli(),
                end.toEpochMilli());
        boolean others = asked.sender().isPresent()
                || asked.recipient().isPresent()
                || asked.messageId().isPresent()
                || asked.resubmitTo().isPresent();
        if (destination.isPresent() == others) {
            throw refused(
                    others
                            ? "Destination stands alone: name it, or Sender, Recipient, MessageId and ResubmitTo"
                            : "name a Destination, or at least one of Sender, Recipient, MessageId and ResubmitTo");
        }
        return bag(answer(resubmissions.add(asked)));
    }

    /// Set-ResubmitRequest.
    ///
    /// @throws OperationRefused if there is none of this identity
    public SequencedMap<String, Object> enable(String identity, boolean enabled) {
        return answer(resubmissions.enable(id(identity), enabled))
                .map(this::bag)
                .orElseThrow(() -> unknown(identity));
    }

    /// Remove-ResubmitRequest.
    ///
    /// @throws OperationRefused if there is none of this identity
    public void remove(String identity) {
        if (!answer(resubmissions.remove(id(identity)))) {
            throw unknown(identity);
        }
    }

    private SequencedMap<String, Object> bag(ResubmitRecord request) {
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("Identity", Integer.toString(request.id()));
        bag.put("Server", server.get());
        bag.put(
                "Destination",
                request.wanted().destination().map(UUID::toString).orElse(null));
        bag.put("Sender", request.wanted().sender().orElse(null));
        bag.put("Recipient", request.wanted().recipient().orElse(null));
        bag.put("MessageId", request.wanted().messageId().orElse(null));
        bag.put("ResubmitTo", request.wanted().resubmitTo().orElse(null));
        bag.put("StartTime", Instant.ofEpochMilli(request.wanted().startMillis()));
        bag.put("EndTime", Instant.ofEpochMilli(request.wanted().endMillis()));
        bag.put("CreationTime", Instant.ofEpochMilli(request.createdMillis()));
        bag.put("Enabled", request.enabled());
        bag.put("State", request.finished() ? "Completed" : request.enabled() ? "Running" : "Paused");
        bag.put("Resubmitted", request.resubmitted());
        bag.put("Failed", request.failed());
        return bag;
    }

    // ---- what was asked for

    private static Instant moment(Map<String, ?> wanted, String name) {
        String text = text(wanted, name).orElseThrow(() -> refused(name + " is missing: write a moment"));
        try {
            Instant moment = OffsetDateTime.parse(text).toInstant();
            if (moment.isBefore(Instant.EPOCH)) {
                throw refused(name + " is before 1970");
            }
            return moment;
        } catch (DateTimeException _) {
            throw refused(
                    name + " is not a moment: " + OperationRefused.quoted(text) + "; write it as 2026-03-02T08:00:00Z");
        }
    }

    private static Optional<String> text(Map<String, ?> wanted, String name) {
        return switch (wanted.get(name)) {
            case null -> Optional.empty();
            case String text -> Optional.of(text.strip()).filter(t -> !t.isEmpty());
            case Object _ -> throw refused(name + " is a text");
        };
    }

    private static Optional<String> address(Map<String, ?> wanted, String name) {
        Optional<String> text = text(wanted, name);
        boolean nobody = name.equals("Sender") && text.equals(Optional.of("<>"));
        text.filter(t -> !nobody && EmailAddress.parse(t).isEmpty()).ifPresent(t -> {
            throw refused(name + " is not an address: " + OperationRefused.quoted(t));
        });
        return text;
    }

    private UUID database(String text) {
        if (text.equalsIgnoreCase(database.get().toString())) {
            return database.get();
        }
        throw refused("no mailbox database here has the GUID " + OperationRefused.quoted(text) + "; there is one: "
                + database.get());
    }

    private static int id(String identity) {
        try {
            return Integer.parseInt(identity);
        } catch (NumberFormatException _) {
            throw unknown(identity);
        }
    }

    private static OperationRefused unknown(String identity) {
        return new OperationRefused(
                Reason.UNKNOWN_OBJECT, "there is no resubmit request " + OperationRefused.quoted(identity));
    }

    private static OperationRefused refused(String message) {
        return new OperationRefused(Reason.INVALID_PARAMETER, message);
    }

    private static <T> T answer(CompletableFuture<T> future) {
        return Answers.await(future);
    }
}
