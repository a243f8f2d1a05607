package dev.tarry.admin;

import dev.tarry.queue.MessageRow;
import dev.tarry.queue.QueueView;
import dev.tarry.queue.Queues;
import dev.tarry.store.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// What this room asks of the queues: the administration part of [Queues], and nothing else of it.
interface QueueDesk {
    CompletableFuture<List<QueueView>> views();

    /// In no order.
    CompletableFuture<List<MessageRow>> messages(Optional<Integer> queueId);

    CompletableFuture<List<MessageRow>> copies(long messageId);

    Optional<Queues.Records> records(MessageRow row) throws StoreException;

    CompletableFuture<Boolean> retryNow(int queueId);

    static QueueDesk of(Queues queues) {
        return new QueueDesk() {
            @Override
            public CompletableFuture<List<QueueView>> views() {
                return queues.views();
            }

            @Override
            public CompletableFuture<List<MessageRow>> messages(Optional<Integer> queueId) {
                return queues.copies(queueId);
            }

            @Override
            public CompletableFuture<List<MessageRow>> copies(long messageId) {
                return queues.copies(messageId);
            }

            @Override
            public Optional<Queues.Records> records(MessageRow row) throws StoreException {
                return queues.records(row);
            }

            @Override
            public CompletableFuture<Boolean> retryNow(int queueId) {
                return queues.retryNow(queueId);
            }
        };
    }
}
