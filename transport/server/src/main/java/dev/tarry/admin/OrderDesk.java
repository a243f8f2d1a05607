package dev.tarry.admin;

import dev.tarry.queue.Administration;
import dev.tarry.queue.Administration.CopyId;
import dev.tarry.queue.Administration.MessageOrder;
import dev.tarry.queue.Administration.Outcome;
import dev.tarry.queue.Administration.QueueOrder;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// What this room has the queues do: [Administration], and nothing else of it.
interface OrderDesk {
    CompletableFuture<Outcome> carryOut(QueueOrder order, int queueId);

    /// @param copies some hundreds at most
    CompletableFuture<List<Outcome>> carryOut(MessageOrder order, List<CopyId> copies);

    /// @return done when everything has been moved, and taken there or not
    CompletableFuture<Outcome> redirect(String targetFqdn);

    /// @return done at once, with what had been moved; unchanged if none was under way
    CompletableFuture<Outcome> cancelRedirect();

    static OrderDesk of(Administration administration) {
        return new OrderDesk() {
            @Override
            public CompletableFuture<Outcome> carryOut(QueueOrder order, int queueId) {
                return administration.carryOut(order, queueId);
            }

            @Override
            public CompletableFuture<List<Outcome>> carryOut(MessageOrder order, List<CopyId> copies) {
                return administration.carryOut(order, copies);
            }

            @Override
            public CompletableFuture<Outcome> redirect(String targetFqdn) {
                return administration.redirect(targetFqdn);
            }

            @Override
            public CompletableFuture<Outcome> cancelRedirect() {
                return administration.cancelRedirect();
            }
        };
    }
}
