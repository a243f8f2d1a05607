/// The typed client of the admin API (`/api/v1`) and of the lab's (`/lab/v1`), over `java.net.http`.
///
/// The door in is [TarryClient]. What has few, steady fields comes back as a record ([LabClock], [FirewallRule] …).
/// Queues, queued messages, tracking events and lab faults come back as property bags in the server's order, since
/// Exchange's property names *are* the contract and grow with it. A listing that may be long also comes item by item,
/// to a consumer, so that any number of them takes little memory; [TrackingWalk] does so page by page.
///
/// Imports the JDK and Jackson's streaming core (nothing that binds classes: a shell starts in half a second).
/// Never here: what a person types or sees, retries, or any knowledge of how the server does its work.
package dev.tarry.client;
