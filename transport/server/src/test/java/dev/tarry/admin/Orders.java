package dev.tarry.admin;

import dev.tarry.queue.Administration.CopyId;
import dev.tarry.queue.Administration.MessageOrder;
import dev.tarry.queue.Administration.Outcome;
import dev.tarry.queue.Administration.QueueOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// Writes down what it is told to do, and answers what a test laid out; done, if it laid out nothing.
final class Orders implements OrderDesk {
    record QueueOrdered(QueueOrder order, int queueId) {}

    record MessagesOrdered(MessageOrder order, List<CopyId> copies) {}

    final List<QueueOrdered> onQueues = new ArrayList<>();
    final List<MessagesOrdered> onMessages = new ArrayList<>();
    final Map<Integer, Outcome> ofQueue = new HashMap<>();
    final Map<Long, Outcome> ofMessage = new HashMap<>();
    Runnable beforeEach = () -> {};

    @Override
    public CompletableFuture<Outcome> carryOut(QueueOrder order, int queueId) {
        beforeEach.run();
        onQueues.add(new QueueOrdered(order, queueId));
        return CompletableFuture.completedFuture(ofQueue.getOrDefault(queueId, new Outcome.Done(1)));
    }

    @Override
    public CompletableFuture<List<Outcome>> carryOut(MessageOrder order, List<CopyId> copies) {
        beforeEach.run();
        onMessages.add(new MessagesOrdered(order, List.copyOf(copies)));
        return CompletableFuture.completedFuture(copies.stream()
                .map(copy -> ofMessage.getOrDefault(copy.messageId(), new Outcome.Done(1)))
                .toList());
    }

    final List<String> redirected = new ArrayList<>();
    CompletableFuture<Outcome> redirection = new CompletableFuture<>();

    @Override
    public CompletableFuture<Outcome> redirect(String targetFqdn) {
        redirected.add(targetFqdn);
        return redirection;
    }

    @Override
    public CompletableFuture<Outcome> cancelRedirect() {
        Outcome moved = redirected.isEmpty() || redirection.isDone() ? new Outcome.Unchanged() : new Outcome.Done(1);
        redirection.complete(moved);
        return CompletableFuture.completedFuture(moved);
    }
}
