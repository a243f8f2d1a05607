package dev.tarry.store;

import dev.tarry.mail.MessageIds;

/// Refuses batches that could not be read back or would reach into another shard: mistakes of the caller, found
/// before anything is written.
final class BatchCheck {
    private BatchCheck() {}

    /// @throws IllegalArgumentException naming what is wrong
    static void check(Batch batch) {
        int shard = batch.shard();
        for (Write write : batch.writes()) {
            switch (write) {
                case Write.Chunk(long contentId, int number, var _) -> {
                    own("content", shard, contentId);
                    positive("chunk number", number);
                }
                case Write.DropContent(ContentRef content) -> own("content", shard, content.id());
                case Write.PutMessage(MessageRecord message) -> {
                    own("message", shard, message.id());
                    positive("priority", message.priority());
                    positive("header size", message.headerBytes());
                    positive("number of chunks", message.content().chunks());
                }
                case Write.DropMessage(long id) -> own("message", shard, id);
                case Write.PutCopy(CopyRecord copy) -> {
                    own("message", shard, copy.messageId());
                    positive("queue id", copy.queueId());
                    positive("number of attempts", copy.attempts());
                    if (copy.recipients().size() > RecordFormat.MAX_RECIPIENTS) {
                        throw new IllegalArgumentException(
                                "a copy has at most " + RecordFormat.MAX_RECIPIENTS + " recipients");
                    }
                }
                case Write.DropCopy(long messageId, int _) -> own("message", shard, messageId);
                case Write.PutQueue(QueueRecord queue) -> {
                    positive("queue id", queue.id());
                    positive("retry count", queue.retryCount());
                }
                case Write.DropQueue(int _) -> {}
                case Write.PutItem(MailboxItem item) -> {
                    own("item", shard, item.id());
                    mailbox(item.mailbox());
                    positive("number of chunks", item.content().chunks());
                }
                case Write.DropItem(String mailbox, long id) -> {
                    own("item", shard, id);
                    mailbox(mailbox);
                }
                case Write.PutNetItem(NetItem item) -> {
                    own("message", shard, item.place().messageId());
                    positive("part", item.place().part());
                    positive("number of chunks", item.message().content().chunks());
                }
                case Write.DropNetItem(NetItem.Place place) -> own("message", shard, place.messageId());
                case Write.PutResubmit(ResubmitRecord request) -> positive("request's id", request.id());
                case Write.DropResubmit(int _) -> {}
            }
        }
    }

    private static void own(String what, int shard, long id) {
        if (MessageIds.shard(id) != shard) {
            throw new IllegalArgumentException(what + " id " + id + " is not one of shard " + shard
                    + ", whose ids begin at " + Keys.firstId(shard));
        }
    }

    private static void positive(String what, int value) {
        if (value < 0) {
            throw new IllegalArgumentException("a " + what + " is not negative: " + value);
        }
    }

    private static void mailbox(String mailbox) {
        if (!Keys.mailboxFits(mailbox)) {
            throw new IllegalArgumentException(
                    "a mailbox has a name of 1 to " + Keys.MAX_MAILBOX_BYTES + " octets without NUL");
        }
    }
}
