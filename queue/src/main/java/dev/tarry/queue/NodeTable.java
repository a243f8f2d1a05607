package dev.tarry.queue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// All copies, found and walked by message integer, and among those of one message by queue. Queue loop only.
///
/// Integers are handed out one after the other, so 64 neighbours share a page: a bit each, and an array of the first
/// copies of those that are here, without gaps; further copies are chained through [Node#sibling]. A page that is full
/// costs six bytes a message, one of which a single message is left a hundred and fifty, and a walk may begin anywhere
/// in either direction without anything being sorted.
final class NodeTable {
    private static final int PAGE_SHIFT = 6;
    private static final int PAGE_IDS = 1 << PAGE_SHIFT;
    private static final int FEWEST = 4;

    private final TreeMap<Long, Page> pages = new TreeMap<>();
    private final Arrivals arrivals = new Arrivals();
    private int messages;
    private int copies;
    /// the page that was needed last is nearly always the one that is needed next
    private long latestNumber = -1;
    private Page latest;

    private static final class Page {
        private long present;
        private Node[] firsts = new Node[FEWEST];

        private static long bit(long id) {
            return 1L << (id & PAGE_IDS - 1);
        }

        private boolean has(long id) {
            return (present & bit(id)) != 0;
        }

        /// Where the message is, or would be.
        private int place(long id) {
            return Long.bitCount(present & bit(id) - 1);
        }

        private int count() {
            return Long.bitCount(present);
        }

        private void insert(Node node) {
            int place = place(node.messageId);
            int count = count();
            if (count == firsts.length) {
                firsts = Arrays.copyOf(firsts, count * 2);
            }
            System.arraycopy(firsts, place, firsts, place + 1, count - place);
            firsts[place] = node;
            present |= bit(node.messageId);
        }

        private void delete(long id) {
            int place = place(id);
            int left = count() - 1;
            System.arraycopy(firsts, place + 1, firsts, place, left - place);
            firsts[left] = null;
            present &= ~bit(id);
            if (firsts.length > FEWEST && left <= firsts.length / 4) {
                firsts = Arrays.copyOf(firsts, firsts.length / 2);
            }
        }
    }

    /// Messages, whatever their number of copies.
    int messages() {
        return messages;
    }

    /// Copies of all messages.
    int copies() {
        return copies;
    }

    /// When the copies were received.
    Arrivals arrivals() {
        return arrivals;
    }

    /// The first copy; null if the message is not here.
    Node first(long messageId) {
        Page page = page(messageId);
        return page != null && page.has(messageId) ? page.firsts[page.place(messageId)] : null;
    }

    /// The copy in that queue, or null.
    Node in(long messageId, int queueId) {
        Node node = first(messageId);
        while (node != null && node.queue.id() != queueId) {
            node = node.sibling;
        }
        return node;
    }

    void forEachCopy(long messageId, Consumer<Node> visitor) {
        for (Node node = first(messageId); node != null; node = node.sibling) {
            visitor.accept(node);
        }
    }

    /// Every copy, in order.
    void forEach(Consumer<Node> visitor) {
        for (Page page : pages.values()) {
            for (int i = 0; i < page.count(); i++) {
                for (Node node = page.firsts[i]; node != null; node = node.sibling) {
                    visitor.accept(node);
                }
            }
        }
    }

    /// Shows up to so many copies behind a place, in order.
    ///
    /// @param visitor changes nothing in here
    /// @return whether there are none behind those that were shown
    boolean after(CopyPlace place, int most, Consumer<Node> visitor) {
        int shown = 0;
        for (Page page : pages.tailMap(place.messageId() >> PAGE_SHIFT, true).values()) {
            int i = page.firsts[0].messageId >= place.messageId() ? 0 : page.place(place.messageId());
            for (; i < page.count(); i++) {
                for (Node node = page.firsts[i]; node != null; node = node.sibling) {
                    if (node.messageId > place.messageId() || node.queue.id() > place.queueId()) {
                        if (shown++ == most) {
                            return false;
                        }
                        visitor.accept(node);
                    }
                }
            }
        }
        return true;
    }

    /// As [#after], the other way.
    boolean before(CopyPlace place, int most, Consumer<Node> visitor) {
        int shown = 0;
        NavigableMap<Long, Page> earlier = pages.headMap(place.messageId() >> PAGE_SHIFT, true);
        List<Node> copies = new ArrayList<>();
        for (Page page : earlier.descendingMap().values()) {
            int i = page.firsts[page.count() - 1].messageId <= place.messageId()
                    ? page.count() - 1
                    : page.place(place.messageId()) - (page.has(place.messageId()) ? 0 : 1);
            for (; i >= 0; i--) {
                copies.clear();
                for (Node node = page.firsts[i]; node != null; node = node.sibling) {
                    if (node.messageId < place.messageId() || node.queue.id() < place.queueId()) {
                        copies.add(node);
                    }
                }
                for (Node node : copies.reversed()) {
                    if (shown++ == most) {
                        return false;
                    }
                    visitor.accept(node);
                }
            }
        }
        return true;
    }

    /// Puts a copy in, which knows its queue.
    void add(Node node) {
        arrivals.add(node.receivedMillis);
        copies++;
        long number = node.messageId >> PAGE_SHIFT;
        Page page = page(node.messageId);
        if (page == null) {
            page = new Page();
            pages.put(number, page);
            latestNumber = number;
            latest = page;
        }
        if (!page.has(node.messageId)) {
            page.insert(node);
            messages++;
            return;
        }
        int place = page.place(node.messageId);
        Node before = null;
        Node after = page.firsts[place];
        while (after != null && after.queue.id() < node.queue.id()) {
            before = after;
            after = after.sibling;
        }
        node.sibling = after;
        if (before == null) {
            page.firsts[place] = node;
        } else {
            before.sibling = node;
        }
    }

    /// Takes a copy out.
    ///
    /// @return whether it was the message's last
    boolean remove(Node node) {
        arrivals.remove(node.receivedMillis);
        copies--;
        Page page = page(node.messageId);
        int place = page.place(node.messageId);
        Node first = page.firsts[place];
        if (first != node) {
            Node before = first;
            while (before.sibling != node) {
                before = before.sibling;
            }
            before.sibling = node.sibling;
            node.sibling = null;
            return false;
        }
        if (node.sibling != null) {
            page.firsts[place] = node.sibling;
            node.sibling = null;
            return false;
        }
        messages--;
        page.delete(node.messageId);
        if (page.present == 0) {
            pages.remove(node.messageId >> PAGE_SHIFT);
            latestNumber = -1;
            latest = null;
        }
        return true;
    }

    /// Null if there is none.
    private Page page(long messageId) {
        long number = messageId >> PAGE_SHIFT;
        if (number != latestNumber) {
            Page found = pages.get(number);
            if (found == null) {
                return null;
            }
            latestNumber = number;
            latest = found;
        }
        return latest;
    }
}
