package dev.tarry.host;

import org.xbill.DNS.Record;

/// A record of an answer.
///
/// @param section    where it stood
/// @param ttlSeconds what is left of its time to live
public record NameRecord(Record record, Section section, long ttlSeconds) {
    /// Part of an answer, as Windows calls it.
    public enum Section {
        ANSWER("Answer"),
        AUTHORITY("Authority"),
        ADDITIONAL("Additional");

        private final String word;

        Section(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    NameRecord withTtl(long seconds) {
        return new NameRecord(record, section, seconds);
    }
}
