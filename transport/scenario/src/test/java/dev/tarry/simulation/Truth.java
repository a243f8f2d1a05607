package dev.tarry.simulation;

import dev.tarry.lab.mx.JournaledSession;
import dev.tarry.lab.mx.ReceivedMessage;
import dev.tarry.lab.mx.SessionSearch;
import dev.tarry.queue.MessageRow;
import dev.tarry.queue.QueueStatus;
import dev.tarry.queue.QueueView;
import dev.tarry.store.ContentRef;
import dev.tarry.store.MailboxItem;
import dev.tarry.store.MessageStore;
import dev.tarry.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What was promised to whom, held after every event against what really is: the queues, the mailboxes, what
/// the lab's hosts have. The server's own log is not asked.
final class Truth {
    /// An acknowledged message.
    ///
    /// @param name stands in its Message-ID: unique
    private record Promise(String name, String from, List<String> to, Instant at) {}

    private final Simulation simulation;
    private final Map<String, Promise> promises = new LinkedHashMap<>();
    private final Set<String> waiting = new TreeSet<>();
    /// what each lab message is about, read once
    private final Map<String, String> names = new HashMap<>();
    private final Map<Long, String> contents = new HashMap<>();
    private int cuts;
    private boolean slowDisk;

    Truth(Simulation simulation) {
        this.simulation = simulation;
    }

    static String text(String name, String from, List<String> to) {
        return "From: " + from + "\r\nTo: " + String.join(", ", to) + "\r\nSubject: " + name + "\r\nMessage-ID: <"
                + name + "@client.example>\r\n\r\n.dots\r\n..\r\nbody of " + name + "\r\n";
    }

    void promised(String name, String from, List<String> to) {
        promises.put(name, new Promise(name, from, to, simulation.time().instant()));
        waiting.add(name);
    }

    void powerCut() {
        cuts++;
    }

    /// The store fails: what was delivered meanwhile may be delivered again.
    void failingDisk() {
        cuts++;
    }

    /// The disk takes its time: what is on its way to it is for a while neither where it was nor where it will be.
    void slowDisk() {
        slowDisk = true;
    }

    /// After every event; there is nothing to see while the store is closed.
    void holds() {
        if (closed()) {
            return;
        }
        queuesInRetryHaveTheirAlarm();
        nothingIsLost();
    }

    private boolean closed() {
        CompletableFuture<Integer> count = simulation.server().queues().messageCount();
        simulation.run();
        return count.isCompletedExceptionally();
    }

    private void queuesInRetryHaveTheirAlarm() {
        Optional<Instant> alarm = simulation.time().nextAlarm();
        for (QueueView view : simulation.await(simulation.server().queues().views())) {
            if (view.status() == QueueStatus.RETRY) {
                Instant next = view.nextRetryTime().orElseThrow(() -> new AssertionError("no next attempt: " + view));
                // a slow disk holds back the alarm too, which is set when its state is in the store
                Instant now = simulation.time().instant();
                Instant latest = slowDisk ? (next.isAfter(now) ? next : now).plus(BadWeather.SLOWEST) : next;
                if (alarm.isEmpty() || alarm.get().isAfter(latest)) {
                    throw new AssertionError("nothing rings for " + view + " before " + alarm);
                }
            }
        }
    }

    private void nothingIsLost() {
        if (waiting.isEmpty()) {
            return;
        }
        List<String> queued = new ArrayList<>();
        for (MessageRow row : simulation.await(simulation.server().queues().messages(Optional.empty()))) {
            queued.add(content(row));
        }
        for (String name : List.copyOf(waiting)) {
            if (queued.stream().noneMatch(text -> text.contains("body of " + name + "\r\n") && !isReport(text))) {
                Optional<String> lost = lost(promises.get(name), queued);
                if (lost.isEmpty()) {
                    waiting.remove(name);
                } else if (!slowDisk) {
                    throw new AssertionError(name + " to " + lost.get() + " is nowhere: lost");
                }
            }
        }
    }

    /// To whom it was neither delivered nor is reported, nor will be; nobody is told of a message from nobody.
    private Optional<String> lost(Promise promise, List<String> queued) {
        if (promise.from.isEmpty()) {
            return Optional.empty();
        }
        return promise.to.stream()
                .filter(to -> delivered(promise, to) + reports(promise, to) + owed(promise, to) == 0
                        && queued.stream().noneMatch(text -> isReport(text) && reportsOn(text, promise.name, to)))
                .findFirst();
    }

    /// When everything has settled.
    void settled() {
        if (closed()) {
            throw new AssertionError("the store is closed long after the disk was mended");
        }
        if (!waiting.isEmpty()) {
            throw new AssertionError("still waiting long after 48 hours: " + waiting);
        }
        Set<String> unanswered = unanswered();
        for (Promise promise : promises.values()) {
            for (String to : promise.to) {
                long delivered = delivered(promise, to, unanswered);
                long reports = reports(promise, to);
                long ofHosts = reportsOfHosts(promise, to);
                if (cuts == 0 && delivered > 1) {
                    throw new AssertionError(promise.name + " to " + to + " was delivered " + delivered + " times");
                }
                if (reports - ofHosts > 1 || (cuts == 0 && reports > 1)) {
                    throw new AssertionError(promise.name + " to " + to + " was reported " + reports + " times");
                }
                if (!promise.from.isEmpty() && (cuts == 0 ? delivered + reports != 1 : nowhere(promise, to))) {
                    throw new AssertionError(
                            promise.name + " to " + to + ": delivered " + delivered + ", reported " + reports);
                }
                if (promise.from.isEmpty() && reports > 0) {
                    throw new AssertionError(promise.name + " is from nobody, and was reported");
                }
            }
        }
    }

    private boolean nowhere(Promise promise, String to) {
        return delivered(promise, to) + reports(promise, to) == 0;
    }

    /// Messages that a host kept and never said so: whoever sent one must send it again, or give it up, and so it
    /// does not count as delivered. There is no other way for a message to be there twice.
    private Set<String> unanswered() {
        return simulation.lab().sessions(SessionSearch.newest(Integer.MAX_VALUE)).stream()
                .flatMap(session -> session.messages().stream())
                .filter(taken -> !taken.answered())
                .map(JournaledSession.Taken::id)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// A report that a host of the lab owes: it took the message, and found out too late.
    private long owed(Promise promise, String to) {
        return simulation.lab().reportsOwed().stream()
                .filter(report -> report.sender().equals(promise.from)
                        && report.recipients().contains(to)
                        && report.originalHeaders().contains("Message-ID: <" + promise.name + "@client.example>"))
                .count();
    }

    private long delivered(Promise promise, String to) {
        return delivered(promise, to, Set.of());
    }

    private long delivered(Promise promise, String to, Set<String> unanswered) {
        if (to.endsWith("@company.com")) {
            return items(to).stream()
                    .filter(item -> item.internetMessageId().equals("<" + promise.name + "@client.example>"))
                    .count();
        }
        return simulation.lab().mail(to, "*", Integer.MAX_VALUE).stream()
                .filter(mail -> name(mail).equals(promise.name) && !unanswered.contains(mail.id()))
                .count();
    }

    private long reports(Promise promise, String to) {
        return reports(promise, to, _ -> true);
    }

    /// Such a report may be there twice when the power was cut before the server had said that it took it.
    private long reportsOfHosts(Promise promise, String to) {
        return reports(promise, to, text -> text.contains("<MAILER-DAEMON@"));
    }

    private long reports(Promise promise, String to, Predicate<String> which) {
        if (promise.from.isEmpty()) {
            return 0;
        }
        return items(promise.from).stream()
                .map(item -> content(item.content()))
                .filter(text -> isReport(text) && reportsOn(text, promise.name, to) && which.test(text))
                .count();
    }

    private static boolean isReport(String text) {
        return text.contains("Content-Type: multipart/report");
    }

    private static boolean reportsOn(String text, String name, String to) {
        return text.contains("In-Reply-To: <" + name + "@client.example>")
                && text.contains("Final-Recipient: rfc822;" + to);
    }

    private String name(ReceivedMessage mail) {
        return names.computeIfAbsent(mail.id(), id -> {
            try (InputStream content = simulation.lab().content(id).orElseThrow()) {
                String text = new String(content.readAllBytes(), StandardCharsets.ISO_8859_1);
                int at = text.indexOf("Message-ID: <") + "Message-ID: <".length();
                String name = text.substring(at, text.indexOf("@client.example>", at));
                if (!text.endsWith("\r\n\r\n.dots\r\n..\r\nbody of " + name + "\r\n")) {
                    throw new AssertionError("not octet for octet: " + text);
                }
                return name;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    private List<MailboxItem> items(String mailbox) {
        try {
            return simulation.store().items(mailbox);
        } catch (StoreException e) {
            throw new AssertionError(e);
        }
    }

    private String content(MessageRow row) {
        try {
            return content(
                    simulation.store().message(row.messageId()).orElseThrow().content());
        } catch (StoreException e) {
            throw new AssertionError("message " + row.messageId() + " cannot be read", e);
        }
    }

    private String content(ContentRef content) {
        try {
            MessageStore store = simulation.store();
            StringBuilder text = new StringBuilder();
            for (int n = 0; n < content.chunks(); n++) {
                text.append(StandardCharsets.ISO_8859_1.decode(store.chunk(content, n)));
            }
            return text.toString();
        } catch (StoreException e) {
            throw new AssertionError(e);
        }
    }
}
