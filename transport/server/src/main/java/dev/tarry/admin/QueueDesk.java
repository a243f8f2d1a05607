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

    CompletableFuture<Queues.RowSlice> rows(Queues.RowsWanted wanted);

    CompletableFuture<List<MessageRow>> copies(long messageId);

    Optional<Queues.Records> records(MessageRow row) throws StoreException;

    /// Of rows in rising order; one for each.
    List<Optional<Queues.Records>> records(List<MessageRow> rows) throws StoreException;

    CompletableFuture<Boolean> retryNow(int queueId);

    static QueueDesk of(Queues queues) {
        return new QueueDesk() {
            @Override
            public CompletableFuture<List<QueueView>> views() {
                return queues.views();
            }

            @Override
            public CompletableFuture<Queues.RowSlice> rows(Queues.RowsWanted wanted) {
                return queues.rows(wanted);
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
            public List<Optional<Queues.Records>> records(List<MessageRow> rows) throws StoreException {
                return queues.records(rows);
            }

            @Override
            public CompletableFuture<Boolean> retryNow(int queueId) {
                return queues.retryNow(queueId);
            }
        };
    }
}
