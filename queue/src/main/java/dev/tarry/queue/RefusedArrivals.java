package dev.tarry.queue;

import dev.tarry.store.Batch;
import dev.tarry.store.CommitResult;
import dev.tarry.store.CopyRecord;
import dev.tarry.store.MessageRecord;
import dev.tarry.store.MessageStore;
import dev.tarry.store.StoreException;
import dev.tarry.store.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Messages whose clients were told to come again because the commit failed. A commit that failed may have reached the
/// log all the same, and is there when the store is opened again; these are taken out then, before anybody sees them,
/// since whoever was refused sends again. Known only to the process that refused them. Thread-safe.
final class RefusedArrivals {
    private static final Logger LOG = LoggerFactory.getLogger(RefusedArrivals.class);

    /// A bound on memory: many times what can wait for one commit.
    static final int MOST = 100_000;

    private final Set<Long> ids = ConcurrentHashMap.newKeySet();

    void add(long messageId) {
        if (ids.size() < MOST) {
            ids.add(messageId);
        } else {
            LOG.warn("message {} was refused; should it be on the disk all the same, it is delivered", messageId);
        }
    }

    /// What is found of them while a store is read.
    Found find() {
        return new Found();
    }

    /// For one reading of the store, on its thread.
    final class Found {
        private final List<Write> drops = new ArrayList<>();
        private int messages;

        /// @return whether it was refused, and is to be taken for not there
        boolean isRefused(MessageRecord message, List<CopyRecord> copies) {
            if (!ids.contains(message.id())) {
                return false;
            }
            copies.forEach(copy -> drops.add(new Write.DropCopy(copy.messageId(), copy.queueId())));
            drops.add(new Write.DropMessage(message.id()));
            drops.add(new Write.DropContent(message.content()));
            messages++;
            return true;
        }

        /// Takes them out for good; after that nobody needs to know of them any more. Blocking, on the committer
        /// thread.
        ///
        /// @throws StoreException if they are not, or may not be, out
        void takeOut(MessageStore store, int shard, long epoch) throws StoreException {
            if (!drops.isEmpty()) {
                CommitResult result = store.commit(List.of(new Batch(shard, epoch, true, drops)))
                        .getFirst();
                if (!(result instanceof CommitResult.Committed)) {
                    throw new StoreException("what was refused cannot be taken out: " + result);
                }
                LOG.info("{} message(s) that were refused were on the disk all the same, and are taken out", messages);
            }
            ids.clear();
        }
    }
}
