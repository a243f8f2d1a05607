package dev.tarry.lab;

import dev.tarry.lab.dns.JournaledQuery;
import dev.tarry.lab.mx.ReceivedMessage;

/// Told of what happens in the lab, on whichever thread it happens, several at once included, and before what caused it
/// has settled. Implementations are quick and wait for nothing.
public interface LabWatcher {
    /// A host took a message; told after it was added to what [Lab#mail] lists.
    void received(ReceivedMessage message);

    /// A query was written down; told after it was added to what [Lab#queries] lists.
    void asked(JournaledQuery query);

    /// Faults were counted, added or removed.
    void faultsChanged();
}
