package dev.tarry.simulation;

import dev.tarry.lab.mx.JournaledSession;
import dev.tarry.lab.mx.ReceivedMessage;
import dev.tarry.lab.mx.SessionSearch;
import dev.tarry.queue.Administration.CopyId;
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
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
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
    /// @param sent when handing it in began: it was received then or a little later
    private record Promise(String name, String from, List<SimulatedClient.To> to, Instant sent) {}

    private static final Duration LATE = Duration.ofHours(4);

    /// A disk may be unreadable for three hours, be closed for a while after that, and slow.
    private static final Duration LONGEST_BLINDNESS = Duration.ofHours(4);

    private final Simulation simulation;
    private final Map<String, Promise> promises = new LinkedHashMap<>();
    private final Set<String> waiting = new TreeSet<>();
    /// what each lab message is about, read once
    private final Map<String, String> names = new HashMap<>();
    private final Map<Long, String> contents = new HashMap<>();
    /// who may be neither delivered nor reported: removed without a report
    private final Set<String> silenced = new TreeSet<>();
    /// copies that may not leave
    private final Map<CopyId, Instant> suspended = new HashMap<>();
    private int cuts;
    private boolean slowDisk;

    Truth(Simulation simulation) {
        this.simulation = simulation;
    }

    static String text(String name, String from, List<SimulatedClient.To> to) {
        String all = to.stream().map(SimulatedClient.To::address).collect(Collectors.joining(", "));
        return "From: " + from + "\r\nTo: " + all + "\r\nSubject: " + name + "\r\nMessage-ID: <" + name
                + "@client.example>\r\n\r\n.dots\r\n..\r\nbody of " + name + "\r\n";
    }

    void promised(String name, String from, List<SimulatedClient.To> to, Instant sent) {
        promises.put(name, new Promise(name, from, to, sent));
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

    /// An administrator may have removed it without a report.
    void silenced(String internetMessageId, String to) {
        silenced.add(internetMessageId + " " + to);
    }

    private boolean silenced(Promise promise, String to) {
        return silenced.contains("<" + promise.name + "@client.example> " + to);
    }

    /// An administrator has suspended it, and was told so.
    ///
    /// @param expires until then it stays
    void suspended(CopyId copy, Instant expires) {
        suspended.put(copy, expires);
    }

    /// He has it go on, or go away.
    void notSuspended(CopyId copy) {
        suspended.remove(copy);
    }

    void allResumed() {
        suspended.clear();
    }

    /// After every event; there is nothing to see while the store is closed.
    void holds() {
        if (closed()) {
            return;
        }
        queuesInRetryHaveTheirAlarm();
        whatIsSuspendedStays();
        nothingIsLost();
    }

    private void whatIsSuspendedStays() {
        if (suspended.isEmpty()) {
            return;
        }
        Map<CopyId, MessageRow.Status> there = new HashMap<>();
        simulation
                .await(simulation.server().queues().messages(Optional.empty()))
                .forEach(row -> there.put(new CopyId(row.messageId(), row.queueId()), row.status()));
        Instant now = simulation.time().instant();
        suspended.values().removeIf(expires -> !expires.isAfter(now));
        suspended.forEach((copy, expires) -> {
            if (there.get(copy) != MessageRow.Status.SUSPENDED) {
                throw new AssertionError(copy + " is suspended until " + expires + ", and now " + there.get(copy));
            }
        });
    }

    boolean closed() {
        CompletableFuture<Integer> count = simulation.server().queues().messageCount();
        simulation.run();
        return count.isCompletedExceptionally();
    }

    private void queuesInRetryHaveTheirAlarm() {
        Optional<Instant> alarm = simulation.time().nextAlarm();
        for (QueueView view : simulation.await(simulation.server().queues().views())) {
            if (view.status() == QueueStatus.RETRY) {
                if (view.nextRetryTime().isEmpty() && view.deferredCount() == 0) {
                    continue; // all that is in it is suspended
                }
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
                .map(SimulatedClient.To::address)
                .filter(to -> !silenced(promise, to))
                .filter(to -> delivered(promise, to) + reports(promise, to) + owed(promise, to) == 0
                        && queued.stream()
                                .noneMatch(text -> isReport(text) && reportsOn(text, promise.name, to, "failed")))
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
            for (SimulatedClient.To recipient : promise.to) {
                String to = recipient.address();
                new Notices(promise, recipient, unanswered).hold();
                long delivered = delivered(promise, to, unanswered);
                long reports = reports(promise, to);
                long ofHosts = reportsOfHosts(promise, to);
                if (cuts == 0 && delivered > 1) {
                    throw new AssertionError(promise.name + " to " + to + " was delivered " + delivered + " times");
                }
                if (reports - ofHosts > 1 || (cuts == 0 && reports > 1)) {
                    throw new AssertionError(promise.name + " to " + to + " was reported " + reports + " times");
                }
                if (silenced(promise, to) && delivered + reports == 0) {
                    continue;
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

    /// What the sender of a message has heard of one recipient besides failures, against what he wanted to hear and
    /// what came to pass.
    private final class Notices {
        private final Promise promise;
        private final SimulatedClient.To to;
        private final List<ReceivedMessage> taken;
        private final List<Instant> stored;

        Notices(Promise promise, SimulatedClient.To to, Set<String> unanswered) {
            this.promise = promise;
            this.to = to;
            boolean local = to.address().endsWith("@company.com");
            taken = local
                    ? List.of()
                    : simulation.lab().mail(to.address(), "*", Integer.MAX_VALUE).stream()
                            .filter(mail -> name(mail).equals(promise.name) && !unanswered.contains(mail.id()))
                            .toList();
            stored = !local
                    ? List.of()
                    : items(to.address()).stream()
                            .filter(item -> item.internetMessageId().equals("<" + promise.name + "@client.example>"))
                            .map(item -> Instant.ofEpochMilli(item.deliveredMillis()))
                            .toList();
        }

        void hold() {
            late();
            delivered();
            relayed();
        }

        private boolean wants(String condition) {
            boolean asked = to.parameters().isEmpty()
                    ? !condition.equals("SUCCESS")
                    : to.parameters().contains(condition);
            return asked && !promise.from.isEmpty();
        }

        private void late() {
            List<Instant> told = told("delayed");
            Instant due = promise.sent.plus(LATE);
            must(told.size() <= 1, "was called late " + told.size() + " times");
            must(told.isEmpty() || wants("DELAY"), "nobody wanted to hear that it is late");
            // a Date field has no milliseconds
            must(told.stream().noneMatch(at -> at.plusSeconds(1).isBefore(due)), "was called late before it was");
            List<Instant> ended = new ArrayList<>(stored);
            taken.forEach(mail -> ended.add(mail.received()));
            ended.addAll(told("failed"));
            if (ended.isEmpty() || cuts > 0) {
                return; // after a power cut a host may have it, and we not know
            }
            Instant first = ended.stream().min(Instant::compareTo).orElseThrow();
            must(told.stream().noneMatch(at -> at.isAfter(first)), "was called late after its end at " + first);
            if (wants("DELAY") && reportsOfHosts(promise, to.address()) == 0) {
                must(first.isBefore(due.plus(LONGEST_BLINDNESS)) || !told.isEmpty(), "was late, and nobody was told");
            }
        }

        private void delivered() {
            // a mailbox, its report, and that nobody waits any more are one commit: a power cut changes nothing
            long owed = wants("SUCCESS") ? stored.size() : 0;
            long told = told("delivered").size();
            must(told == owed, "in " + stored.size() + " mailboxes, and told so " + told + " times");
        }

        private void relayed() {
            long told = told("relayed").size();
            long silent = taken.stream().filter(mail -> !passedOn(mail)).count();
            must(told <= 1 && (told == 0 || wants("SUCCESS")), "said to be relayed " + told + " times");
            must(told <= silent || cuts > 0, "said to be relayed by hosts that speak for themselves");
            must(!wants("SUCCESS") || silent == 0 || told == 1 || cuts > 0, "relayed, and nobody was told");
        }

        private boolean passedOn(ReceivedMessage mail) {
            return mail.recipients().stream()
                    .filter(one -> one.address().equals(to.address()))
                    .anyMatch(one -> one.parameters().contains(to.parameters()));
        }

        private List<Instant> told(String action) {
            return promise.from.isEmpty()
                    ? List.of()
                    : items(promise.from).stream()
                            .map(item -> content(item.content()))
                            .filter(text -> isReport(text) && reportsOn(text, promise.name, to.address(), action))
                            .map(Truth::date)
                            .toList();
        }

        private void must(boolean holds, String otherwise) {
            if (!holds) {
                throw new AssertionError(promise.name + " to " + to + ": " + otherwise);
            }
        }
    }

    private static Instant date(String text) {
        int at = text.indexOf("\r\nDate: ") + 8;
        return DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.substring(at, text.indexOf("\r\n", at)), Instant::from);
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
        return reports(promise, to, "failed", _ -> true);
    }

    /// Such a report may be there twice when the power was cut before the server had said that it took it.
    private long reportsOfHosts(Promise promise, String to) {
        return reports(promise, to, "failed", text -> text.contains("<MAILER-DAEMON@"));
    }

    private long reports(Promise promise, String to, String action, Predicate<String> which) {
        if (promise.from.isEmpty()) {
            return 0;
        }
        return items(promise.from).stream()
                .map(item -> content(item.content()))
                .filter(text -> isReport(text) && reportsOn(text, promise.name, to, action) && which.test(text))
                .count();
    }

    private static boolean isReport(String text) {
        return text.contains("Content-Type: multipart/report");
    }

    private static boolean reportsOn(String text, String name, String to, String action) {
        return text.contains("In-Reply-To: <" + name + "@client.example>")
                && text.contains("Final-Recipient: rfc822;" + to + "\r\nAction: " + action + "\r\n");
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
