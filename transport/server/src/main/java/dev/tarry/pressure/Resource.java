package dev.tarry.pressure;

/// What can run short, as Exchange names it (reference §9.1). Where several are, the first is named to clients.
public enum Resource {
    /// the disk of the queue database; its use is the free bytes
    USED_DISK_SPACE("UsedDiskSpace[store]", "free bytes"),
    /// the heap that is in use after a collection, in per cent
    PRIVATE_BYTES("PrivateBytes", "per cent"),
    /// changes that wait for the queue database to write them: what version buckets are in Exchange's
    USED_VERSION_BUCKETS("UsedVersionBuckets[store]", "changes"),
    /// messages in the Submission queue
    SUBMISSION_QUEUE("QueueLength[SubmissionQueue]", "messages");

    private final String named;
    private final String unit;

    Resource(String named, String unit) {
        this.named = named;
        this.unit = unit;
    }

    /// As Exchange names it.
    public String named() {
        return named;
    }

    /// What its use is counted in.
    public String unit() {
        return unit;
    }
}
